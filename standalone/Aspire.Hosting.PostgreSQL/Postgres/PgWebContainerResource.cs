using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Postgres;

/// <summary>A web page to look into databases; only a container engine can start it.</summary>
public sealed class PgWebContainerResource(string name) : ContainerResource(name);
