using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Pamps.ApiService.Contracts;

/// <summary>
/// Refuses passwords that are tried first (NIST SP 800-63B §5.1.1.2). Published lists of common passwords are for the
/// most part a few words in a few disguises (<c>P@ssw0rd123!</c>), walks over the keyboard (<c>qwertyuiop</c>), repeats
/// (<c>abcabcabc</c>) and dates; so words and disguises are kept here instead of tens of thousands of lines.
/// </summary>
public static class CommonPasswords
{
    private static readonly FrozenSet<string> Words = string.Join(' ',
        "password passwort passwd pass senha minhasenha senhas segredo secret secreto admin administrator administrador root user",
        "usuario guest login logon welcome bemvindo default master access acesso trustno letmein changeme mudar trocar teste test",
        "testing demo sample exemplo example hello ola mundo world pamps love amor iloveyou teamo euteamo loveyou meuamor lovely",
        "princess princesa prince principe king rei queen rainha angel anjo dragon dragao monkey macaco tiger tigre lion leao",
        "eagle aguia wolf lobo shadow sombra sunshine sol summer verao winter inverno spring primavera autumn outono flower flor",
        "butterfly borboleta football futebol baseball basketball soccer hockey tennis golf flamengo corinthians palmeiras",
        "saopaulo santos vasco gremio internacional cruzeiro atletico botafogo fluminense brasil brazil portugal lisboa",
        "america canada mexico london london paris berlin chelsea arsenal liverpool barcelona realmadrid superman batman",
        "spiderman homemaranha starwars pokemon pikachu naruto goku matrix hunter killer ninja warrior guerreiro soldier soldado",
        "captain capitao computer computador internet google facebook instagram twitter microsoft windows linux android apple",
        "samsung nokia iphone samsung netflix youtube minecraft fortnite roblox playstation nintendo xbox gamer player jogador",
        "freedom liberdade whatever qualquer nothing nada something cheese queijo cookie biscoito chocolate banana orange laranja",
        "pepper pimenta coffee cafe pizza bacon sugar ginger peanut purple green black white silver gold golden yellow blue red",
        "azul verde preto branco vermelho amarelo rosa prata ouro jesus cristo jesuscristo deus deusefiel god church igreja faith",
        "heaven blessed family familia mother mae father pai brother irmao sister irma baby bebe daddy mommy papai mamae friend",
        "friends amigo amigos amiga michael jordan jennifer jessica ashley amanda daniel andrew joshua matthew robert thomas",
        "charlie thomas george william maria joao jose pedro paulo lucas gabriel rafael felipe bruno carlos eduardo fernando",
        "gustavo marcelo rodrigo ricardo juliana fernanda camila carolina beatriz mariana patricia vanessa leticia isabela",
        "money dinheiro million milhao lucky sorte happy feliz smile sorriso forever sempre never nunca always today hoje",
        "monday sunday domingo january janeiro december dezembro mustang ferrari porsche mercedes corvette harley yamaha honda",
        "maverick cowboy ranger rocket thunder storm phoenix diamond diamante crystal cristal star estrela estrela moon lua",
        "magic magica wizard jackson metallica nirvana slipknot guitar guitarra music musica dancer rock sexy hot pussy fuck",
        "fuckyou fuckoff asshole bitch caralho porra merda buceta gostosa gatinha gatinho cachorro cachorra dog cat gato gata",
        "qazwsx zaqxsw azerty qwerty qwertz asdf zxcv abc abcd abcde abcdef abcdefg abcdefgh qweasd asdqwe onetwothree")
        .Split(' ').ToFrozenSet();

    private static readonly string[] Walks =
    [
        "qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890", "0987654321", "abcdefghijklmnopqrstuvwxyz",
        "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "qazwsxedcrfvtgbyhnujm", "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0", "7894561230", "147258369",
    ];

    /// <summary>Whether a password is too easy to guess.</summary>
    /// <param name="password">The password.</param>
    /// <param name="personal">What everybody can know of the person: user name, e-mail address.</param>
    public static bool Contains(string password, params ReadOnlySpan<string?> personal)
    {
        ArgumentNullException.ThrowIfNull(password);
        var lower = password.Trim().ToLowerInvariant();
        if (IsRepeat(lower) || IsWalk(lower) || IsDate(lower))
        {
            return true;
        }

        foreach (var known in personal)
        {
            if (known is { Length: >= 3 } && Core(lower) is { Length: > 0 } core &&
                known.Split('@')[0].ToLowerInvariant() is var name && (core == name || core == Core(name) || string.Equals(lower, known, StringComparison.OrdinalIgnoreCase)))
            {
                return true;
            }
        }

        return Words.Contains(Core(lower)) || Words.Contains(Core(Undisguise(lower))) || Words.Contains(Undisguise(Core(lower)));
    }

    /// <summary>The word without digits and signs around it.</summary>
    private static string Core(string text) => text.Trim([.. "0123456789!@#$%^&*()-_=+.,;:?/\\|'\"<>[]{}~` "]);

    private static string Undisguise(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var letter in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
            {
                plain.Append(letter switch { '0' => 'o', '1' => 'i', '!' => 'i', '3' => 'e', '4' => 'a', '@' => 'a', '5' => 's', '$' => 's', '7' => 't', _ => letter });
            }
        }

        return plain.ToString();
    }

    private static bool IsRepeat(string text)
    {
        for (var period = 1; period <= text.Length / 2; period++)
        {
            if (text.AsSpan(period).SequenceEqual(text.AsSpan(0, text.Length - period)) && period <= 4)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsWalk(string text)
    {
        var backwards = string.Concat(text.Reverse());
        return Walks.Any(walk => walk.Contains(text, StringComparison.Ordinal) || walk.Contains(backwards, StringComparison.Ordinal) ||
            text == walk[..Math.Min(walk.Length, text.Length / 2)] + walk[..Math.Min(walk.Length, text.Length - (text.Length / 2))]);
    }

    private static bool IsDate(string text) =>
        DateOnly.TryParseExact(text, ["ddMMyyyy", "yyyyMMdd", "MMddyyyy", "dd/MM/yyyy", "dd-MM-yyyy", "dd.MM.yyyy", "yyyy-MM-dd"],
            CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
