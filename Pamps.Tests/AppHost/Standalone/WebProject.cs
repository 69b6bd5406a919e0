using Aspire.Hosting;
using Pamps.Tests.Architecture;

namespace Pamps.Tests.AppHost.Standalone;

/// <summary>The site's project, named by its path as a model may do without a reference.</summary>
public sealed class WebProject : IProjectMetadata
{
    public string ProjectPath => Path.Combine(Repository.Root, "Pamps.Web", "Pamps.Web.csproj");
}
