using System.Reflection;

namespace Pamps.MigrationService;

/// <summary>
/// Reads the embedded text of the demo:
/// <code>
/// = ana | Ana Ribeiro | What she says about herself. | pt-BR     an account; her posts follow
/// - A post.                                                      oldest first
/// > bruno: A reply to the post.
/// >> ana: A reply to the reply above.
/// </code>
/// </summary>
internal static class DemoConversations
{
    public static IReadOnlyList<DemoAccount> Read()
    {
        using var reader = new StreamReader(
            Assembly.GetExecutingAssembly().GetManifestResourceStream("DemoConversations.txt")
            ?? throw new InvalidOperationException("The demo's text is not embedded."));

        var accounts = new List<DemoAccount>();
        while (reader.ReadLine() is { } line)
        {
            switch (line.Split(' ', 2))
            {
                case ["=", var profile]:
                    var fields = profile.Split(" | ");
                    accounts.Add(new DemoAccount(fields[0], fields[1], fields[2], fields[3], []));
                    break;
                case ["-", var text]:
                    accounts[^1].Posts.Add(new DemoPost(accounts[^1].Username, text, []));
                    break;
                case [">", var reply]:
                    accounts[^1].Posts[^1].Replies.Add(Reply(reply));
                    break;
                case [">>", var reply]:
                    accounts[^1].Posts[^1].Replies[^1].Replies.Add(Reply(reply));
                    break;
                case [""]:
                    break;
                default:
                    throw new InvalidOperationException($"The demo's text has a line that starts like no other: '{line}'.");
            }
        }

        return accounts;
    }

    private static DemoPost Reply(string reply) => reply.Split(": ", 2) is [var author, var text]
        ? new DemoPost(author, text, [])
        : throw new InvalidOperationException($"The demo's text has a reply without an author: '{reply}'.");
}

/// <summary>An account of the demo with the posts that start threads.</summary>
internal sealed record DemoAccount(string Username, string DisplayName, string Bio, string Language, List<DemoPost> Posts);

/// <summary>A post of the demo with its replies.</summary>
internal sealed record DemoPost(string Author, string Text, List<DemoPost> Replies);
