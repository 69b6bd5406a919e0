using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using StackExchange.Redis;

namespace Pamps.Web.Auth;

/// <summary>
/// Keeps the data-protection keys in Redis: replicas read each other's cookies and forms, and a restart invalidates neither.
/// </summary>
internal sealed class SharedKeyRing(IConnectionMultiplexer redis) : IXmlRepository
{
    private static readonly RedisKey Key = "web:keys";

    // The interface is synchronous; the key ring is read at start and then about once a day.
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. redis.GetDatabase().ListRange(Key).Select(value => XElement.Parse(value.ToString()))];

    public void StoreElement(XElement element, string friendlyName) =>
        redis.GetDatabase().ListRightPush(Key, element.ToString(SaveOptions.DisableFormatting));
}
