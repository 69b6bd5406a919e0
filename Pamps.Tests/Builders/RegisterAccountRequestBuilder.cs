using Pamps.ApiService.Contracts;

namespace Pamps.Tests.Builders;

/// <summary>A registration that is valid until a test makes it otherwise.</summary>
public sealed class RegisterAccountRequestBuilder
{
    private string _username = ApiFixture.Unique("someone");
    private string? _email;
    private string _password = $"correct horse {Guid.NewGuid():N}";
    private string? _displayName;

    /// <summary>Sets the user name, and an e-mail address that fits.</summary>
    /// <param name="username">The exact user name.</param>
    public RegisterAccountRequestBuilder Named(string username)
    {
        _username = username;
        return this;
    }

    /// <summary>Sets the e-mail address.</summary>
    /// <param name="email">The address.</param>
    public RegisterAccountRequestBuilder At(string email)
    {
        _email = email;
        return this;
    }

    /// <summary>Sets the password.</summary>
    /// <param name="password">The password.</param>
    public RegisterAccountRequestBuilder WithPassword(string password)
    {
        _password = password;
        return this;
    }

    /// <summary>Sets the name to show.</summary>
    /// <param name="displayName">The name.</param>
    public RegisterAccountRequestBuilder ShownAs(string displayName)
    {
        _displayName = displayName;
        return this;
    }

    /// <summary>Makes the request.</summary>
    public RegisterAccountRequest Build() => new()
    {
        Username = _username,
        Email = _email ?? $"{_username}@example.org",
        Password = _password,
        DisplayName = _displayName,
    };
}
