using System.Net;
using System.Net.Http.Json;
using Pamps.ApiService.Contracts;

namespace Pamps.Tests.Features.Accounts;

public sealed class RegisterAccountTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Name_and_address_are_unique_in_any_case()
    {
        var first = new RegisterAccountRequestBuilder().Build();
        using var created = await RegisterAsync(first);
        using var sameName = await RegisterAsync(new RegisterAccountRequestBuilder().Named(first.Username.ToUpperInvariant()).Build());
        using var sameAddress = await RegisterAsync(new RegisterAccountRequestBuilder().At(first.Email.ToUpperInvariant()).Build());

        await created.ShouldBe(HttpStatusCode.Created);
        await sameName.ShouldBeProblemAsync(409, "username_taken");
        await sameAddress.ShouldBeProblemAsync(409, "email_taken");
    }

    [Fact]
    public async Task Twenty_people_who_want_one_name_at_once_get_one_account()
    {
        var name = ApiFixture.Unique("wanted");

        var responses = await Task.WhenAll(Enumerable.Range(0, 20)
            .Select(number => RegisterAsync(new RegisterAccountRequestBuilder().Named(name).At($"{name}{number}@example.org").Build())));

        Assert.Single(responses, response => response.StatusCode is HttpStatusCode.Created);
        Assert.Equal(19, responses.Count(response => response.StatusCode is HttpStatusCode.Conflict));
        Array.ForEach(responses, response => response.Dispose());
    }

    [Theory]
    [InlineData("timeline")]
    [InlineData("Follow")]
    [InlineData("admin")]
    public async Task Names_that_shadow_a_route_are_reserved(string name)
    {
        using var response = await RegisterAsync(new RegisterAccountRequestBuilder().Named(name).Build());

        await response.ShouldBeProblemAsync(409, "username_taken");
    }

    [Theory]
    [InlineData("password")]
    [InlineData("P@ssw0rd123!")]
    [InlineData("12345678")]
    [InlineData("qwertyuiop")]
    [InlineData("abcabcabc")]
    [InlineData("senha2024")]
    [InlineData("01011990")]
    public async Task Passwords_that_anybody_would_try_are_refused(string password)
    {
        using var response = await RegisterAsync(new RegisterAccountRequestBuilder().WithPassword(password).Build());

        await response.ShouldBeProblemAsync(400, "validation_failed", "password");
    }

    [Theory]
    [InlineData("correct horse battery")]
    [InlineData("ção-é-ñ-日本語-пароль")]
    [InlineData("tr0ub4dor&3 xkcd")]
    public async Task Other_passwords_need_no_certain_signs(string password)
    {
        using var response = await RegisterAsync(new RegisterAccountRequestBuilder().WithPassword(password).Build());

        await response.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Members_that_are_not_the_clients_business_change_nothing()
    {
        var name = ApiFixture.Unique("mallory");

        using var response = await api.Anonymous.PostAsJsonAsync("/api/v1/accounts", new
        {
            id = "1",
            username = name,
            email = $"{name}@example.org",
            password = "correct horse battery",
            role = "administrator",
            billingOperator = true,
        });

        var me = await response.ShouldBe<MeResponse>(HttpStatusCode.Created);
        Assert.Equal((AccountRole.User, false), (me.Role, me.BillingOperator));
    }

    private Task<HttpResponseMessage> RegisterAsync(RegisterAccountRequest request) =>
        api.Anonymous.PostAsJsonAsync("/api/v1/accounts", request, Wire.Json);
}
