using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>Which resource needs which, by waits, references and parents.</summary>
internal static class DependencyOrder
{
    /// <summary>Fails when resources wait for one another in a circle: none of them would ever start.</summary>
    public static void CheckForCycles(IEnumerable<IResource> resources)
    {
        var done = new HashSet<IResource>();
        foreach (var resource in resources)
        {
            Visit(resource, []);
        }

        void Visit(IResource resource, List<IResource> path)
        {
            if (path.IndexOf(resource) is var start and >= 0)
            {
                var circle = path.Skip(start).Append(resource).Select(r => $"'{r.Name}'");
                throw new DistributedApplicationException($"Resources wait for each other in a circle: {string.Join(" waits for ", circle)}.");
            }

            if (!done.Contains(resource))
            {
                path.Add(resource);
                Waited(resource).ToList().ForEach(r => Visit(r, path));
                path.RemoveAt(path.Count - 1);
                done.Add(resource);
            }
        }
    }

    /// <summary>Groups of resources to be stopped one group after the other: first those that nothing depends on.</summary>
    public static IReadOnlyList<IReadOnlyList<IResource>> StopOrder(IReadOnlyList<IResource> resources)
    {
        var left = resources.ToList();
        var groups = new List<IReadOnlyList<IResource>>();
        while (left.Count > 0)
        {
            var needed = left.SelectMany(r => Needed(r)).ToHashSet();
            var group = left.Where(r => !needed.Contains(r)).ToList();
            group = group.Count > 0 ? group : left.ToList();
            groups.Add(group);
            left.RemoveAll(group.Contains);
        }

        return groups;
    }

    private static IEnumerable<IResource> Waited(IResource resource)
    {
        var waited = resource.Annotations.OfType<WaitAnnotation>().Select(w => w.Resource);
        return resource is IResourceWithParent { Parent: var parent } ? waited.Append(parent) : waited;
    }

    private static IEnumerable<IResource> Needed(IResource resource) =>
        Waited(resource).Concat(resource.Annotations.OfType<ResourceRelationshipAnnotation>().Select(a => a.Resource)).Where(r => r != resource);
}
