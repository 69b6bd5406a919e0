using System.Globalization;
using Pamps.ApiService.Contracts;

namespace Pamps.Tests.Features.Feeds;

/// <summary>
/// A random history of a few people who follow, post, delete, block and mute, with feeds read in between. No read may show
/// what its reader must not see any more; after it everybody's feed must equal what memory and one plain query say. The seed
/// is in the failure, so that it can be repeated.
/// </summary>
internal sealed class FeedHistory(ApiFixture api, int seed)
{
#pragma warning disable CA5394 // A history that can be repeated; nothing here is secret.
    private readonly Random _random = new(seed);
    private readonly FeedOracle _oracle = new();
    private readonly List<(TestUser Author, PostResponse Post)> _posts = [];

    /// <summary>Lets it happen and compares.</summary>
    /// <param name="people">How many people.</param>
    /// <param name="steps">How many things happen.</param>
    /// <param name="fault">Something that happens now and then besides, such as the loss of Redis.</param>
    /// <param name="repair">Ends whatever the faults have begun.</param>
    public async Task RunAsync(int people, int steps, Func<Task>? fault = null, Action? repair = null)
    {
        var users = new List<TestUser>();
        for (var index = 0; index < people; index++)
        {
            users.Add(await api.SignedInAs("someone"));
        }

        for (var step = 0; step < steps; step++)
        {
            await StepAsync(users, step);
            if (fault is not null && step % 25 == 24)
            {
                await fault();
            }
        }

        repair?.Invoke();
        await FeedSteps.SettleAsync(api);
        foreach (var user in users)
        {
            var truth = _oracle.HomeOf(user.Id);
            Assert.Equal(truth, await FeedSteps.TruthAsync(api, user));
            var walked = await FeedSteps.WalkAsync(user, _random.Next(1, 8));
            Assert.True(
                truth.SequenceEqual(walked),
                string.Create(CultureInfo.InvariantCulture, $"Seed {seed}, {user.Username}: [{string.Join(' ', walked)}] is not [{string.Join(' ', truth)}]."));
        }
    }

    private async Task StepAsync(List<TestUser> users, int step)
    {
        var actor = users[_random.Next(users.Count)];
        var other = users[_random.Next(users.Count)];
        switch (_random.Next(12))
        {
            case < 4:
                var written = await actor.CreatePostAsync();
                _posts.Add((actor, written));
                _oracle.Posted(actor.Id, written.Id);
                break;
            case 4 or 5 when actor != other:
                await RelateAsync(HttpMethod.Put, "follow", _oracle.Followed);
                break;
            case 6 when actor != other:
                await RelateAsync(HttpMethod.Delete, "follow", _oracle.Unfollowed);
                break;
            case 7 when _posts.Count > 0:
                var (author, post) = _posts[_random.Next(_posts.Count)];
                if (await SendAsync(author, HttpMethod.Delete, $"/api/v1/posts/{post.Id}"))
                {
                    _oracle.Deleted(post.Id);
                }

                break;
            case 8 when actor != other:
                await (_random.Next(2) == 0 ? RelateAsync(HttpMethod.Put, "mute", _oracle.Muted) : RelateAsync(HttpMethod.Delete, "mute", _oracle.Unmuted));
                break;
            case 9 when actor != other && _random.Next(3) == 0:
                await RelateAsync(HttpMethod.Put, "block", _oracle.Blocked);
                if (_random.Next(2) == 0)
                {
                    await RelateAsync(HttpMethod.Delete, "block", _oracle.Unblocked);
                }

                break;
            default:
                await LookAsync(actor, step);
                break;
        }

        async Task RelateAsync(HttpMethod verb, string relation, Action<string, string> then)
        {
            if (await SendAsync(actor, verb, $"/api/v1/accounts/{other.Username}/{relation}"))
            {
                then(actor.Id, other.Id);
            }
        }
    }

    /// <summary>Reads a page and the one after it: in order, each post once, and nothing that is gone. What is new may still be on its way.</summary>
    private async Task LookAsync(TestUser reader, int step)
    {
        var limit = _random.Next(1, 10);
        var page = await reader.HomeAsync($"?limit={limit}");
        var shown = page.Items.Select(post => post.Id).ToList();
        if (page.NextCursor is not null)
        {
            shown.AddRange((await reader.HomeAsync($"?limit={limit}&cursor={page.NextCursor}")).Items.Select(post => post.Id));
        }

        var allowed = _oracle.HomeOf(reader.Id);
        Assert.True(
            allowed.Intersect(shown).SequenceEqual(shown),
            string.Create(CultureInfo.InvariantCulture, $"Seed {seed}, step {step}, {reader.Username}: of [{string.Join(' ', shown)}] only [{string.Join(' ', allowed)}] may be seen."));
    }

    private static async Task<bool> SendAsync(TestUser user, HttpMethod verb, string path)
    {
        using var request = new HttpRequestMessage(verb, path);
        using var response = await user.Http.SendAsync(request);
        return response.IsSuccessStatusCode;
    }
#pragma warning restore CA5394
}
