using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Redis;

/// <summary>A web page to look into Redis; only a container engine can start it.</summary>
public class RedisInsightResource(string name) : ContainerResource(name);
