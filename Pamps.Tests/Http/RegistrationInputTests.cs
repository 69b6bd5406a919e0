using System.Net;
using System.Net.Http.Json;

namespace Pamps.Tests.Http;

/// <summary>Registrations and sign-ins that must not work, and change nothing.</summary>
public sealed class RegistrationInputTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    public static TheoryData<string, string> BadMembers => new()
    {
        { "username", "" },
        { "username", "ab" },
        { "username", new string('a', 31) },
        { "username", "with space" },
        { "username", "with-dash" },
        { "username", "açaí_br" },
        { "username", "аdmin_" /* the first letter is Cyrillic */ },
        { "username", "nul\0nul" },
        { "username", "line\nbreak" },
        { "username", "trailing\n" },
        { "email", "" },
        { "email", "no-at-sign" },
        { "email", "two@@example.org" },
        { "email", "@example.org" },
        { "email", "nobody@" },
        { "email", "nul\0@example.org" },
        { "email", "line\r\nBcc: all@example.org" },
        { "email", "a@example.org, b@example.org" },
        { "email", new string('a', 250) + "@example.org" },
        { "password", "" },
        { "password", "seven77" },
        { "password", new string('p', 129) },
        { "displayName", new string('d', 51) },
        { "displayName", "nul\0nul" },
    };

    [Theory]
    [MemberData(nameof(BadMembers))]
    public async Task A_member_that_breaks_its_rule_is_named(string member, string value)
    {
        var registration = Registration();
        registration[member] = value;
        var before = await api.Database.DigestAsync();

        using var response = await RegisterAsync(registration);

        await response.ShouldBeProblemAsync(400, "validation_failed", member);
        Assert.Equal(before, await api.Database.DigestAsync());
    }

    [Fact]
    public async Task Every_broken_member_is_named_at_once()
    {
        var registration = Registration();
        (registration["username"], registration["email"], registration["password"]) = ("a", "b", "c");

        using var response = await RegisterAsync(registration);

        await response.ShouldBeProblemAsync(400, "validation_failed", "username", "email", "password");
    }

    [Theory]
    [InlineData("username")]
    [InlineData("email")]
    [InlineData("password")]
    public async Task A_missing_member_is_refused(string member)
    {
        var registration = Registration();
        registration.Remove(member);
        var before = await api.Database.DigestAsync();

        using var response = await RegisterAsync(registration);

        await response.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await response.ShouldBe<Problem>(HttpStatusCode.BadRequest);
        Assert.Contains(member, problem.Detail + string.Join(' ', problem.Errors?.Keys ?? []), StringComparison.Ordinal);
        Assert.Equal(before, await api.Database.DigestAsync());
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("API")]
    [InlineData("home")]
    public async Task A_reserved_name_is_taken(string username)
    {
        var registration = Registration();
        registration["username"] = username;

        using var response = await RegisterAsync(registration);

        await response.ShouldBeProblemAsync(409, "username_taken");
    }

    [Fact]
    public async Task A_taken_name_is_refused_in_any_case()
    {
        var ana = await api.SignedInAs("ana");
        var before = await api.Database.DigestAsync();
        var registration = Registration();
        registration["username"] = ana.Username.ToUpperInvariant();

        using var response = await RegisterAsync(registration);

        await response.ShouldBeProblemAsync(409, "username_taken");
        Assert.Equal(before, await api.Database.DigestAsync());
    }

    [Fact]
    public async Task A_taken_address_is_refused_in_any_case()
    {
        var ana = await api.SignedInAs("ana");
        var before = await api.Database.DigestAsync();
        var registration = Registration();
        registration["email"] = ana.Email.ToUpperInvariant();

        using var response = await RegisterAsync(registration);

        await response.ShouldBeProblemAsync(409, "email_taken");
        Assert.Equal(before, await api.Database.DigestAsync());
    }

    [Fact]
    public async Task Of_twenty_registrations_of_one_name_at_once_one_succeeds()
    {
        var username = ApiFixture.Unique("race");
        var responses = await Task.WhenAll(Enumerable.Range(0, 20).Select(async index =>
        {
            var registration = Registration();
            registration["username"] = username;
            registration["email"] = $"{username}.{index}@example.org";
            using var response = await RegisterAsync(registration);
            return response.StatusCode;
        }));

        Assert.Equal(1, responses.Count(status => status == HttpStatusCode.Created));
        Assert.Equal(19, responses.Count(status => status == HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task Members_that_nobody_may_set_are_ignored()
    {
        var registration = Registration();
        (registration["id"], registration["role"], registration["billingOperator"], registration["createdAt"]) = ("1", "administrator", true, "2001-01-01T00:00:00Z");

        using var response = await RegisterAsync(registration);

        await response.ShouldBe(HttpStatusCode.Created);
        var user = await api.SignIn((string)registration["username"], (string)registration["password"]);
        Assert.NotEqual("1", user.Id);
        Assert.Equal(Pamps.ApiService.Contracts.AccountRole.User, user.Me.Role);
        Assert.False(user.Me.BillingOperator);
    }

    [Theory]
    [InlineData("not the password")]
    [InlineData("")]
    [InlineData("\0")]
    [InlineData("' OR 1=1 --")]
    public async Task A_wrong_password_does_not_sign_in(string password)
    {
        var ana = await api.SignedInAs("ana");
        var before = await api.Database.DigestAsync();

        using var response = await TokenAsync(("grant_type", "password"), ("username", ana.Username), ("password", password));

        await response.ShouldBe(HttpStatusCode.BadRequest);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(before, await api.Database.DigestAsync());
    }

    [Fact]
    public async Task An_unknown_name_is_refused_like_a_wrong_password()
    {
        var ana = await api.SignedInAs("ana");

        using var wrong = await TokenAsync(("grant_type", "password"), ("username", ana.Username), ("password", "not the password"));
        using var unknown = await TokenAsync(("grant_type", "password"), ("username", "nobody_of_this_name"), ("password", "not the password"));

        var first = await wrong.ShouldBeProblemAsync(400, "invalid_grant");
        var second = await unknown.ShouldBeProblemAsync(400, "invalid_grant");
        Assert.Equal((first.Title, first.Detail), (second.Title, second.Detail));
    }

    [Theory]
    [InlineData("client_credentials", "unsupported_grant_type")]
    [InlineData("PASSWORD", "unsupported_grant_type")]
    [InlineData("", "malformed_request")]
    public async Task Another_way_to_sign_in_is_refused(string grantType, string code)
    {
        using var response = await TokenAsync(("grant_type", grantType), ("username", "ana"), ("password", "secret"));

        await response.ShouldBeProblemAsync(400, code);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("é")]
    public async Task An_unknown_refresh_token_is_refused(string token)
    {
        var before = await api.Database.DigestAsync();

        using var response = await TokenAsync(("grant_type", "refresh_token"), ("refresh_token", token));

        await response.ShouldBeProblemAsync(400, "invalid_grant");
        Assert.Equal(before, await api.Database.DigestAsync());
    }

    private static Dictionary<string, object> Registration()
    {
        var valid = new RegisterAccountRequestBuilder().Build();
        return new() { ["username"] = valid.Username, ["email"] = valid.Email, ["password"] = valid.Password };
    }

    private Task<HttpResponseMessage> RegisterAsync(Dictionary<string, object> registration) =>
        api.Anonymous.PostAsJsonAsync("/api/v1/accounts", registration);

    private async Task<HttpResponseMessage> TokenAsync(params (string Name, string Value)[] form)
    {
        using var content = new FormUrlEncodedContent(form.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));
        return await api.Anonymous.PostAsync(new Uri("/api/v1/oauth/token", UriKind.Relative), content);
    }
}
