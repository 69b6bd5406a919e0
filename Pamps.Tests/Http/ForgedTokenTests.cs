using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Pamps.Tests.Http;

/// <summary>Access tokens that nobody issued (RFC 8725, OWASP ASVS V9): every one is refused, in the same way.</summary>
public sealed class ForgedTokenTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    // A second account makes the forgeries that claim to be somebody else; `ana` owns the token, `bob` is the victim.
    private static readonly Dictionary<string, Func<AccessTokenForge, AccessTokenForge, string>> Forgeries = new()
    {
        ["alg none"] = (ana, _) => ana.WithAlgorithm("none", _ => []),
        ["alg None"] = (ana, _) => ana.WithAlgorithm("None", _ => []),
        ["alg NONE"] = (ana, _) => ana.WithAlgorithm("NONE", _ => []),
        ["alg nOnE"] = (ana, _) => ana.WithAlgorithm("nOnE", _ => []),
        ["alg none with the real signature"] = (ana, _) => ana.WithAlgorithm("none", _ => Base64Url.DecodeFromChars(ana.Signature)),
        ["alg hs256 in lower case"] = (ana, _) => ana.WithHeader(header => header["alg"] = "hs256"),
        ["alg HS384"] = (ana, _) => ana.WithAlgorithm("HS384", data => HMACSHA384.HashData(ana.Key, data)),
        ["alg HS512"] = (ana, _) => ana.WithAlgorithm("HS512", data => HMACSHA512.HashData(ana.Key, data)),
        ["alg RS256 signed by HMAC"] = (ana, _) => ana.WithHeader(header => header["alg"] = "RS256"),
        ["alg RS256 signed by the attacker"] = (ana, _) => ana.WithAlgorithm("RS256", SignRsa),
        ["alg ES256 signed by the attacker"] = (ana, _) => ana.WithAlgorithm("ES256", SignEcdsa),
        ["alg ES256 with an all-zero signature"] = (ana, _) => ana.WithAlgorithm("ES256", _ => new byte[64]),
        ["alg missing"] = (ana, _) => ana.WithHeader(header => header.Remove("alg")),
        ["alg null"] = (ana, _) => ana.WithHeader(header => header["alg"] = null),
        ["alg empty"] = (ana, _) => ana.WithHeader(header => header["alg"] = ""),
        ["alg a number"] = (ana, _) => ana.WithHeader(header => header["alg"] = 256),
        ["alg a list"] = (ana, _) => ana.WithHeader(header => header["alg"] = new JsonArray("HS256")),
        ["alg twice"] = (ana, _) => ana.WithHeader(ana.HeaderObject.ToJsonString().Replace("{", "{\"alg\":\"none\",", StringComparison.Ordinal)),
        ["alg escaped and twice"] = (ana, _) => ana.WithHeader(ana.HeaderObject.ToJsonString().Replace("{", "{\"\\u0061lg\":\"none\",", StringComparison.Ordinal)),
        ["kid missing"] = (ana, _) => ana.WithHeader(header => header.Remove("kid")),
        ["kid null"] = (ana, _) => ana.WithHeader(header => header["kid"] = null),
        ["kid unknown"] = (ana, _) => ana.WithHeader(header => header["kid"] = "0123456789abcdef"),
        ["kid a path"] = (ana, _) => ana.Sign(AccessTokenForge.Encode("""{"alg":"HS256","kid":"../../../../dev/null","typ":"JWT"}"""), ana.Payload, []),
        ["kid SQL"] = (ana, _) => ana.Sign(AccessTokenForge.Encode("""{"alg":"HS256","kid":"x' UNION SELECT 'k","typ":"JWT"}"""), ana.Payload, "k"u8.ToArray()),
        ["kid a URL"] = (ana, _) => ana.WithHeader(header => header["kid"] = "https://attacker.example/key"),
        ["kid a list"] = (ana, _) => ana.WithHeader(header => header["kid"] = new JsonArray(header["kid"]!.ToString())),
        ["jku"] = (ana, _) => ana.WithHeader(header => header["jku"] = "https://attacker.example/jwks.json"),
        ["x5u"] = (ana, _) => ana.WithHeader(header => header["x5u"] = "https://attacker.example/cert.pem"),
        ["x5c"] = (ana, _) => ana.WithHeader(header => header["x5c"] = new JsonArray("MIIB")),
        ["jwk of the attacker"] = (ana, _) => EmbeddedKey(ana),
        ["crit"] = (ana, _) => ana.WithHeader(header => header["crit"] = new JsonArray("exp")),
        ["b64 false"] = (ana, _) => ana.WithHeader(header => header["b64"] = false),
        ["zip"] = (ana, _) => ana.WithHeader(header => header["zip"] = "DEF"),
        ["typ missing"] = (ana, _) => ana.WithHeader(header => header.Remove("typ")),
        ["typ of another kind"] = (ana, _) => ana.WithHeader(header => header["typ"] = "secevent+jwt"),
        ["header a list"] = (ana, _) => ana.WithHeader("[]"),
        ["header null"] = (ana, _) => ana.WithHeader("null"),
        ["header no JSON"] = (ana, _) => ana.WithHeader("alg=HS256"),
        ["header with a tail"] = (ana, _) => ana.WithHeader(ana.HeaderObject.ToJsonString() + "{}"),
        ["header with a byte order mark"] = (ana, _) => ana.WithHeader('\ufeff' + ana.HeaderObject.ToJsonString()),
        ["header empty"] = (ana, _) => ana.Sign("", ana.Payload),
        ["signature empty"] = (ana, _) => ana.WithSignature(""),
        ["signature cut"] = (ana, _) => ana.WithSignature(ana.Signature[..^2]),
        ["signature of 31 bytes"] = (ana, _) => ana.WithSignature(Base64Url.EncodeToString(Base64Url.DecodeFromChars(ana.Signature).AsSpan(0, 31))),
        ["signature with a byte more"] = (ana, _) => ana.WithSignature(Base64Url.EncodeToString([.. Base64Url.DecodeFromChars(ana.Signature), 0])),
        ["signature twice"] = (ana, _) => $"{ana.Token}.{ana.Signature}",
        ["signature of all zeros"] = (ana, _) => ana.WithSignature(Base64Url.EncodeToString(new byte[32])),
        ["signature padded"] = (ana, _) => ana.WithSignature(ana.Signature + "="),
        ["signature of another token"] = (ana, bob) => ana.WithSignature(bob.Signature),
        ["signature in another spelling"] = (ana, _) => ana.WithSignature(ana.Signature[..^1] + NextLetter(ana.Signature[^1])),
        ["signature by another key"] = (ana, _) => ana.Sign(ana.Header, ana.Payload, RandomNumberGenerator.GetBytes(64)),
        ["signature by the word secret"] = (ana, _) => ana.Sign(ana.Header, ana.Payload, "secret"u8.ToArray()),
        ["signature by an empty key"] = (ana, _) => ana.Sign(ana.Header, ana.Payload, []),
        ["signature by the key's name"] = (ana, _) => ana.Sign(ana.Header, ana.Payload, Encoding.UTF8.GetBytes(ana.HeaderObject["kid"]!.ToString())),
        ["payload of another token"] = (ana, bob) => $"{ana.Header}.{bob.Payload}.{ana.Signature}",
        ["payload no JSON"] = (ana, _) => ana.WithPayload("sub=1"),
        ["payload a list"] = (ana, _) => ana.WithPayload("[]"),
        ["payload null"] = (ana, _) => ana.WithPayload("null"),
        ["payload an empty object"] = (ana, _) => ana.WithPayload("{}"),
        ["payload empty"] = (ana, _) => ana.Sign(ana.Header, ""),
        ["sub missing"] = (ana, _) => ana.WithPayload(payload => payload.Remove("sub")),
        ["sub of another account"] = (ana, bob) => ana.WithPayload(payload => payload["sub"] = bob.PayloadObject["sub"]!.DeepClone()),
        ["sub unknown"] = (ana, _) => ana.WithPayload(payload => payload["sub"] = "9007199254740991"),
        ["sub negative"] = (ana, _) => ana.WithPayload(payload => payload["sub"] = "-1"),
        ["sub no number"] = (ana, _) => ana.WithPayload(payload => payload["sub"] = "1 OR 1=1"),
        ["sub with NUL"] = (ana, _) => ana.WithPayload(payload => payload["sub"] = payload["sub"] + "\0"),
        ["sub too large"] = (ana, _) => ana.WithPayload(payload => payload["sub"] = "99999999999999999999999999"),
        ["sid missing"] = (ana, _) => ana.WithPayload(payload => payload.Remove("sid")),
        ["sid unknown"] = (ana, _) => ana.WithPayload(payload => payload["sid"] = "9007199254740991"),
        ["sid of another account"] = (ana, bob) => ana.WithPayload(payload => payload["sid"] = bob.PayloadObject["sid"]!.DeepClone()),
        ["iss missing"] = (ana, _) => ana.WithPayload(payload => payload.Remove("iss")),
        ["iss of somebody else"] = (ana, _) => ana.WithPayload(payload => payload["iss"] = "https://attacker.example"),
        ["iss in upper case"] = (ana, _) => ana.WithPayload(payload => payload["iss"] = payload["iss"]!.ToString().ToUpperInvariant()),
        ["aud missing"] = (ana, _) => ana.WithPayload(payload => payload.Remove("aud")),
        ["aud of somebody else"] = (ana, _) => ana.WithPayload(payload => payload["aud"] = "another-api"),
        ["aud a prefix of ours"] = (ana, _) => ana.WithPayload(payload => payload["aud"] = payload["aud"]!.ToString()[..^1]),
        ["exp missing"] = (ana, _) => ana.WithPayload(payload => payload.Remove("exp")),
        ["exp a word"] = (ana, _) => ana.WithPayload(payload => payload["exp"] = "never"),
        ["nbf in the future"] = (ana, _) => ana.WithPayload(payload => payload["nbf"] = payload["exp"]!.GetValue<long>() - 1),
        ["one part"] = (ana, _) => ana.Header,
        ["two parts"] = (ana, _) => $"{ana.Header}.{ana.Payload}",
        ["five parts, as an encrypted token has"] = (ana, _) => $"{ana.Header}.{ana.Payload}.{ana.Signature}.{ana.Payload}.{ana.Signature}",
        ["two dots"] = (_, _) => "..",
        ["twelve kilobytes"] = (ana, _) => ana.WithPayload(payload => payload["x"] = new string('x', 12 * 1024)),
        ["standard base64"] = (ana, _) => ana.Sign(ana.Header, Convert.ToBase64String(Encoding.UTF8.GetBytes("{\"sub\":\"??>>~~\"}"))),
        ["blanks inside"] = (ana, _) => ana.WithSignature(ana.Signature[..5] + " " + ana.Signature[5..]),
        ["a key that does not exist"] = (_, _) => "pamps_0123456789_0123456789012345678901234567890123456789012",
    };

    public static TheoryData<string> Names => [.. Forgeries.Keys];

    [Fact]
    public void There_are_enough_of_them() => Assert.InRange(Forgeries.Count, 60, int.MaxValue);

    [Fact]
    public async Task A_token_put_together_again_is_accepted()
    {
        // Without this the forgeries might be refused for a mistake in the forge.
        var forge = await ForgeAsync("ana");

        using var response = await SendAsync(forge.WithPayload(_ => { }));

        await response.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_forged_token_is_refused(string name)
    {
        var ana = await ForgeAsync("ana");
        var token = Forgeries[name](ana, await ForgeAsync("bob"));
        Assert.NotEqual(ana.Token, token);

        using var response = await SendAsync(token);

        var problem = await response.ShouldBeProblemAsync(401, "token_invalid");
        Assert.Contains(response.Headers.WwwAuthenticate, challenge => challenge.Scheme == "Bearer");
        Assert.Empty(problem.Extensions);
        Assert.Null(problem.Errors);
    }

    [Fact]
    public async Task An_expired_token_says_so()
    {
        var ana = await ForgeAsync("ana");

        using var response = await SendAsync(ana.WithPayload(payload =>
        {
            var issued = payload["exp"]!.GetValue<long>() - 7200;
            payload["iat"] = issued;
            payload["nbf"] = issued;
            payload["exp"] = issued + 900;
        }));

        await response.ShouldBeProblemAsync(401, "token_expired");
    }

    [Fact]
    public async Task A_refresh_token_is_no_access_token()
    {
        var ana = await api.SignedInAs("ana");

        using var response = await SendAsync(ana.Tokens.RefreshToken);

        await response.ShouldBeProblemAsync(401, "token_invalid");
    }

    [Theory]
    [InlineData("/api/v1/me?access_token=")]
    [InlineData("/api/v1/me?token=")]
    public async Task A_token_in_the_address_does_not_count(string path)
    {
        var ana = await api.SignedInAs("ana");

        using var response = await api.Anonymous.GetAsync(new Uri(path + ana.Tokens.AccessToken, UriKind.Relative));

        await response.ShouldBeProblemAsync(401, "token_missing");
    }

    [Fact]
    public async Task Mutated_tokens_are_never_accepted()
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
        var token = (await ForgeAsync("ana")).Token;
        var random = new Random(20_261_121);
        var accepted = new List<string>();
        for (var round = 0; round < 1_000; round++)
        {
            var letters = token.ToCharArray();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                letters[random.Next(letters.Length)] = Alphabet[random.Next(Alphabet.Length)];
            }

            var mutated = new string(letters);
            using var response = await SendAsync(mutated);
            if (mutated != token && response.StatusCode != HttpStatusCode.Unauthorized)
            {
                accepted.Add($"{response.StatusCode} {mutated}");
            }
        }

        Assert.Empty(accepted);
    }

    private async Task<AccessTokenForge> ForgeAsync(string name) => new((await api.SignedInAs(name)).Tokens.AccessToken, ApiFixture.SigningKey);

    private async Task<HttpResponseMessage> SendAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/me");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        return await api.Anonymous.SendAsync(request);
    }

    private static byte[] SignRsa(byte[] data)
    {
        using var rsa = RSA.Create(2048);
        return rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private static byte[] SignEcdsa(byte[] data)
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return ecdsa.SignData(data, HashAlgorithmName.SHA256);
    }

    private static string EmbeddedKey(AccessTokenForge forge)
    {
        var key = RandomNumberGenerator.GetBytes(64);
        var header = forge.HeaderObject;
        header["jwk"] = new JsonObject { ["kty"] = "oct", ["k"] = Base64Url.EncodeToString(key) };
        return forge.Sign(AccessTokenForge.Encode(header.ToJsonString()), forge.Payload, key);
    }

    // 32 bytes end in a letter of which only four bits count: the next letter of the alphabet decodes to the same bytes.
    private static char NextLetter(char letter)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return Alphabet[Alphabet.IndexOf(letter, StringComparison.Ordinal) + 1];
    }
}
