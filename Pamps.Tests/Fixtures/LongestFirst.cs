using Xunit.Abstractions;

namespace Pamps.Tests.Fixtures;

/// <summary>Marks a class whose tests take minutes, mostly by waiting.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TakesMinutesAttribute : Attribute;

/// <summary>Starts the classes that take minutes before the others, so that none of them runs alone when all else is done.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    /// <inheritdoc />
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(collection => ClassOf(collection)?.IsDefined(typeof(TakesMinutesAttribute), inherit: false) is not true);

    // A class that names no collection is one, and only the display name tells which.
    private static Type? ClassOf(ITestCollection collection) => typeof(LongestFirst).Assembly.GetType(collection.DisplayName.Split(' ')[^1]);
}
