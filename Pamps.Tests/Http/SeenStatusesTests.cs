using Xunit.Sdk;

namespace Pamps.Tests.Http;

/// <summary>That every answer of every test is held against the document.</summary>
public sealed class SeenStatusesTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Theory]
    [InlineData("GET", "/api/v1/me", 418)]
    [InlineData("GET", "/api/v1/me", 201)]
    [InlineData("POST", "/api/v1/posts", 204)]
    [InlineData("GET", "/api/v1/accounts/ana", 410)]
    [InlineData("DELETE", "/api/v1/posts/1", 200)]
    public void A_status_that_the_document_does_not_know_fails_its_test(string method, string path, int status)
    {
        var exception = Assert.Throws<XunitException>(() => SeenStatuses.Note(new HttpMethod(method), path, status));

        Assert.Contains("does not document", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/api/v1/me", 200)]
    [InlineData("GET", "/api/v1/me/", 401)]
    [InlineData("POST", "/api/v1/posts", 201)]
    [InlineData("GET", "/api/v1/nothing/of/the/kind", 418)]
    [InlineData("GET", "/posts/", 418)]
    public void What_the_document_knows_or_does_not_cover_is_let_be(string method, string path, int status) =>
        Assert.Null(Record.Exception(() => SeenStatuses.Note(new HttpMethod(method), path, status)));

    [Fact]
    public async Task Clients_of_tests_take_note()
    {
        using var response = await api.Anonymous.GetAsync(new Uri("/api/v1/me", UriKind.Relative));

        await response.ShouldBeProblemAsync(401, "token_missing");
        Assert.Contains(("GET /api/v1/me", 401), SeenStatuses.All);
    }
}
