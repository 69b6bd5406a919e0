using System.Globalization;
using Pamps.ApiService.Contracts;

namespace Pamps.Tests.Features.Feeds;

/// <summary>
/// A random history of a few people who follow, post, delete, edit, block and mute, with a feed read in between; after it
/// everybody's feed must equal what one plain query says. The seed is in the failure, so that it can be repeated.
/// </summary>
internal sealed class FeedHistory(ApiFixture api, int seed)
{
#pragma warning disable CA5394 // A history that can be repeated; nothing here is secret.
    private readonly Random _random = new(seed);
    private readonly List<(TestUser Author, PostResponse Post)> _posts = [];

    /// <summary>Lets it happen and compares.</summary>
    /// <param name="people">How many people.</param>
    /// <param name="steps">How many things happen.</param>
    /// <param name="fault">Something that happens now and then besides, such as the loss of Redis.</param>
    public async Task RunAsync(int people, int steps, Func<Task>? fault = null)
    {
        var users = new List<TestUser>();
        for (var index = 0; index < people; index++)
        {
            users.Add(await api.SignedInAs("someone"));
        }

        for (var step = 0; step < steps; step++)
        {
            await StepAsync(users);
            if (fault is not null && step % 25 == 24)
            {
                await fault();
            }
        }

        await FeedSteps.SettleAsync(api);
        foreach (var user in users)
        {
            var truth = await FeedSteps.TruthAsync(api, user);
            var walked = await FeedSteps.WalkAsync(user, _random.Next(1, 8));
            Assert.True(
                truth.SequenceEqual(walked),
                string.Create(CultureInfo.InvariantCulture, $"Seed {seed}, {user.Username}: [{string.Join(' ', walked)}] is not [{string.Join(' ', truth)}]."));
        }
    }

    private async Task StepAsync(List<TestUser> users)
    {
        var actor = users[_random.Next(users.Count)];
        var other = users[_random.Next(users.Count)];
        switch (_random.Next(12))
        {
            case < 4:
                _posts.Add((actor, await actor.CreatePostAsync()));
                break;
            case 4 when actor != other:
            case 5 when actor != other:
                using (await actor.Http.PutAsync(new Uri($"/api/v1/accounts/{other.Username}/follow", UriKind.Relative), null))
                {
                }

                break;
            case 6 when actor != other:
                using (await actor.Http.DeleteAsync(new Uri($"/api/v1/accounts/{other.Username}/follow", UriKind.Relative)))
                {
                }

                break;
            case 7 when _posts.Count > 0:
                var (author, post) = _posts[_random.Next(_posts.Count)];
                using (await author.Http.DeleteAsync(new Uri($"/api/v1/posts/{post.Id}", UriKind.Relative)))
                {
                }

                break;
            case 8 when actor != other:
                var verb = _random.Next(2) == 0 ? HttpMethod.Put : HttpMethod.Delete;
                using (var request = new HttpRequestMessage(verb, $"/api/v1/accounts/{other.Username}/mute"))
                using (await actor.Http.SendAsync(request))
                {
                }

                break;
            case 9 when actor != other && _random.Next(4) == 0:
                await BlockAndRelentAsync(actor, other);
                break;
            default:
                using (await actor.Http.GetAsync(new Uri($"/api/v1/feeds/home?limit={_random.Next(1, 10)}", UriKind.Relative)))
                {
                }

                break;
        }
    }

    private static async Task BlockAndRelentAsync(TestUser actor, TestUser other)
    {
        using (await actor.Http.PutAsync(new Uri($"/api/v1/accounts/{other.Username}/block", UriKind.Relative), null))
        {
        }

        using (await actor.Http.DeleteAsync(new Uri($"/api/v1/accounts/{other.Username}/block", UriKind.Relative)))
        {
        }
    }
#pragma warning restore CA5394
}
