using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Pamps.Tests.Http;

/// <summary>Takes a real access token apart and puts together what an attacker might send instead.</summary>
internal sealed class AccessTokenForge
{
    private readonly byte[] _key;
    private readonly string[] _parts;

    /// <summary>Starts from a token that the API issued.</summary>
    /// <param name="token">The token.</param>
    /// <param name="signingKey">The key it was signed with: some forgeries ask what else than the signature is checked.</param>
    public AccessTokenForge(string token, string signingKey)
    {
        Token = token;
        _key = Encoding.UTF8.GetBytes(signingKey);
        _parts = token.Split('.');
    }

    /// <summary>The real token.</summary>
    public string Token { get; }

    /// <summary>Its encoded header.</summary>
    public string Header => _parts[0];

    /// <summary>Its encoded payload.</summary>
    public string Payload => _parts[1];

    /// <summary>Its encoded signature.</summary>
    public string Signature => _parts[2];

    /// <summary>The header as an object to change.</summary>
    public JsonObject HeaderObject => JsonNode.Parse(Base64Url.DecodeFromChars(Header))!.AsObject();

    /// <summary>The payload as an object to change.</summary>
    public JsonObject PayloadObject => JsonNode.Parse(Base64Url.DecodeFromChars(Payload))!.AsObject();

    /// <summary>Encodes bytes of text.</summary>
    /// <param name="text">The text.</param>
    public static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    /// <summary>The token with a changed header, signed with the real key.</summary>
    /// <param name="change">The change.</param>
    public string WithHeader(Action<JsonObject> change) => Sign(Encode(Changed(HeaderObject, change)), Payload);

    /// <summary>The token with a header written by hand, signed with the real key.</summary>
    /// <param name="json">The header.</param>
    public string WithHeader(string json) => Sign(Encode(json), Payload);

    /// <summary>The token with a changed payload, signed with the real key.</summary>
    /// <param name="change">The change.</param>
    public string WithPayload(Action<JsonObject> change) => Sign(Header, Encode(Changed(PayloadObject, change)));

    /// <summary>The token with a payload written by hand, signed with the real key.</summary>
    /// <param name="json">The payload.</param>
    public string WithPayload(string json) => Sign(Header, Encode(json));

    /// <summary>The token with another signature.</summary>
    /// <param name="signature">The encoded signature.</param>
    public string WithSignature(string signature) => $"{Header}.{Payload}.{signature}";

    /// <summary>Another algorithm in the header, and what signs accordingly.</summary>
    /// <param name="algorithm">The name of the algorithm.</param>
    /// <param name="sign">Signs header and payload.</param>
    public string WithAlgorithm(string algorithm, Func<byte[], byte[]> sign)
    {
        var signed = $"{Encode(Changed(HeaderObject, header => header["alg"] = algorithm))}.{Payload}";
        return $"{signed}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>Signs two encoded parts as the API does.</summary>
    /// <param name="header">The encoded header.</param>
    /// <param name="payload">The encoded payload.</param>
    /// <param name="key">Another key than the real one.</param>
    public string Sign(string header, string payload, byte[]? key = null)
    {
        var signed = $"{header}.{payload}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(key ?? _key, Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>The real key, for algorithms that confuse its kind.</summary>
    public byte[] Key => _key;

    private static string Changed(JsonObject json, Action<JsonObject> change)
    {
        change(json);
        return json.ToJsonString();
    }
}
