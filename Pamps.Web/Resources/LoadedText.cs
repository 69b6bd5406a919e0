using System.Collections;
using System.Collections.Frozen;
using System.Globalization;
using System.Resources;
using Microsoft.Extensions.Localization;

namespace Pamps.Web.Resources;

/// <summary>
/// Every sentence of a language in one table, read once. A page of posts asks for six hundred, and the framework's own
/// reader takes a lock and makes an object for each, and another for each component that asks.
/// </summary>
internal sealed class LoadedText : IStringLocalizer<Text>
{
    private static readonly ResourceManager Resources = new(typeof(Text));

    private readonly Dictionary<string, Lazy<FrozenDictionary<string, LocalizedString>>> _languages =
        Localization.LanguageExtensions.All.ToDictionary(name => name, name => new Lazy<FrozenDictionary<string, LocalizedString>>(() => Read(new(name))));

    public LocalizedString this[string name] =>
        Sentences.TryGetValue(name, out var sentence) ? sentence : new(name, name, resourceNotFound: true);

    public LocalizedString this[string name, params object[] arguments]
    {
        get
        {
            var sentence = this[name];
            return new(name, string.Format(CultureInfo.CurrentCulture, sentence.Value, arguments), sentence.ResourceNotFound);
        }
    }

    public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => Sentences.Values;

    private FrozenDictionary<string, LocalizedString> Sentences =>
        (_languages.GetValueOrDefault(CultureInfo.CurrentUICulture.Name) ?? _languages[Localization.LanguageExtensions.English]).Value;

    private static FrozenDictionary<string, LocalizedString> Read(CultureInfo culture)
    {
        var sentences = new Dictionary<string, LocalizedString>();

        // The neutral language first, so that what a translation lacks is said in English.
        foreach (var language in (CultureInfo[])[CultureInfo.InvariantCulture, culture])
        {
            foreach (var entry in Resources.GetResourceSet(language, createIfNotExists: true, tryParents: false)?.Cast<DictionaryEntry>() ?? [])
            {
                sentences[(string)entry.Key] = new((string)entry.Key, (string)entry.Value!);
            }
        }

        return sentences.ToFrozenDictionary();
    }
}
