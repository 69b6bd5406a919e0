using Xunit.Sdk;

namespace Pamps.Tests.Fixtures;

/// <summary>The order of classes.</summary>
public sealed class LongestFirstTests
{
    [Fact]
    public void Classes_that_take_minutes_come_first_and_nothing_is_lost()
    {
        var assembly = new TestAssembly(Reflector.Wrap(typeof(LongestFirstTests).Assembly));
        TestCollection[] collections = [.. ((Type[])[typeof(LongestFirstTests), typeof(Faults.MailKillTests)])
            .Select(type => new TestCollection(assembly, null, $"Test collection for {type.FullName}"))];

        Assert.Equal(collections.Reverse(), new LongestFirst().OrderTestCollections(collections));
    }
}
