using System.Reflection;

namespace Pamps.AppHost;

/// <summary>Which engine the AppHost was built for: the real Aspire packages, or the local processes of <c>standalone/</c>.</summary>
internal static class Engine
{
    /// <summary>Says it in the first line, because everything below depends on it.</summary>
    public static void Print() => Console.WriteLine($"Engine     {Metadata("Engine")} ({Metadata("EngineReason")})");

    private static string? Metadata(string key) => typeof(Engine).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(attribute => attribute.Key == key)?.Value;
}
