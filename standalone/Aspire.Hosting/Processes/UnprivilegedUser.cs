using System.Globalization;

namespace Aspire.Hosting.Processes;

/// <summary>The user that servers run as when the AppHost is started by root, which Postgres refuses to be.</summary>
internal sealed record UnprivilegedUser(string Name, uint UserId, uint GroupId)
{
    /// <summary>The first of these users that the system has; null when the AppHost is not root.</summary>
    public static UnprivilegedUser? Find(params ReadOnlySpan<string> names)
    {
        if (!UnixProcess.IsRoot)
        {
            return null;
        }

        var users = File.ReadAllLines("/etc/passwd").Select(line => line.Split(':')).Where(fields => fields.Length > 3).ToList();
        foreach (var name in names)
        {
            if (users.Find(fields => fields[0] == name) is { } fields)
            {
                return new UnprivilegedUser(name, uint.Parse(fields[2], CultureInfo.InvariantCulture), uint.Parse(fields[3], CultureInfo.InvariantCulture));
            }
        }

        throw new DistributedApplicationException(
            $"The AppHost runs as root and finds none of the users {string.Join(", ", names.ToArray())} to run the server as. Create one, or start the AppHost as another user.");
    }
}
