using Pamps.ApiService.Contracts;

namespace Pamps.Tests.Features.Follows;

/// <summary>Who follows whom.</summary>
public sealed class FollowTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Following_is_counted_listed_and_ended_once()
    {
        var ana = await api.SignedInAs("ana");
        var bia = await api.SignedInAs("bia");
        var rui = await api.SignedInAs("rui");
        var first = await ana.FollowAsync(bia);
        Assert.Equal((true, 1, true), (first.Relationship.Following, first.FollowerCount, first.Changed));
        Assert.False((await ana.FollowAsync(bia)).Changed);
        await rui.FollowAsync(bia);
        Assert.Equal([rui.Username, ana.Username], await NamesAsync(ana, $"/api/v1/accounts/{bia.Username}/followers"));
        Assert.Equal([bia.Username], await NamesAsync(ana, $"/api/v1/accounts/{ana.Username}/following"));

        var relations = await bia.GetAsync<IReadOnlyList<Relationship>>($"/api/v1/relationships?ids={rui.Id},{ana.Id}&ids=999999999");
        Assert.Equal([(rui.Id, true), (ana.Id, true)], relations.Select(relation => (relation.AccountId, relation.FollowedBy)));

        await bia.DeleteAsync($"/api/v1/accounts/{rui.Username}/follower");
        await ana.UnfollowAsync(bia);
        await ana.UnfollowAsync(bia);
        Assert.Empty(await NamesAsync(ana, $"/api/v1/accounts/{bia.Username}/followers"));
    }

    [Fact]
    public async Task Two_people_follow_each_other_at_the_same_moment()
    {
        var ana = await api.SignedInAs("ana");
        var bia = await api.SignedInAs("bia");
        for (var round = 0; round < 5; round++)
        {
            await Task.WhenAll(ana.FollowAsync(bia), bia.FollowAsync(ana));
            await Task.WhenAll(ana.UnfollowAsync(bia), bia.UnfollowAsync(ana));
        }

        await ana.FollowAsync(bia);
        Assert.Equal([ana.Username], await NamesAsync(ana, $"/api/v1/accounts/{bia.Username}/followers"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?ids=")]
    [InlineData("?ids=1,x")]
    [InlineData("?ids=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,40,41")]
    public async Task Relationships_are_asked_by_one_to_forty_ids(string query)
    {
        var ana = await api.SignedInAs("ana");
        using var response = await ana.Http.GetAsync(new Uri("/api/v1/relationships" + query, UriKind.Relative));
        await response.ShouldBeProblemAsync(400, "validation_failed");
    }

    [Fact]
    public async Task Nobody_unknown_can_be_followed()
    {
        var ana = await api.SignedInAs("ana");
        using var response = await ana.Http.PutAsync(new Uri("/api/v1/accounts/nobody_at_all/follow", UriKind.Relative), null);
        await response.ShouldBeProblemAsync(404, "not_found");
    }

    private static async Task<IEnumerable<string>> NamesAsync(TestUser user, string path) =>
        (await user.GetAsync<Page<AccountSummary>>(path)).Items.Select(account => account.Username);
}
