using System.Security.Cryptography;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Makes a random value.</summary>
public sealed class GenerateParameterDefault : ParameterDefault
{
    private const string LowerCharacters = "abcdefghijkmnpqrstuvwxyz";
    private const string UpperCharacters = "ABCDEFGHJKMNPQRSTUVWXYZ";
    private const string NumericCharacters = "0123456789";
    private const string SpecialCharacters = "-_.{}~()*+!";

    /// <summary>How many characters at least.</summary>
    public int MinLength { get; set; } = 22;

    /// <summary>Whether lower-case letters are used.</summary>
    public bool Lower { get; set; } = true;

    /// <summary>Whether upper-case letters are used.</summary>
    public bool Upper { get; set; } = true;

    /// <summary>Whether digits are used.</summary>
    public bool Numeric { get; set; } = true;

    /// <summary>Whether <c>-_.{}~()*+!</c> are used.</summary>
    public bool Special { get; set; } = true;

    /// <summary>How many lower-case letters at least.</summary>
    public int MinLower { get; set; }

    /// <summary>How many upper-case letters at least.</summary>
    public int MinUpper { get; set; }

    /// <summary>How many digits at least.</summary>
    public int MinNumeric { get; set; }

    /// <summary>How many special characters at least.</summary>
    public int MinSpecial { get; set; }

    /// <inheritdoc />
    public override string GetDefaultValue()
    {
        var all = (Lower ? LowerCharacters : "") + (Upper ? UpperCharacters : "") +
                  (Numeric ? NumericCharacters : "") + (Special ? SpecialCharacters : "");
        if (all.Length == 0)
        {
            throw new ArgumentException("At least one kind of character must be allowed.");
        }

        var value = new List<char>();
        Take(LowerCharacters, Lower, MinLower);
        Take(UpperCharacters, Upper, MinUpper);
        Take(NumericCharacters, Numeric, MinNumeric);
        Take(SpecialCharacters, Special, MinSpecial);
        value.AddRange(RandomNumberGenerator.GetItems<char>(all, Math.Max(0, MinLength - value.Count)));

        var characters = value.ToArray();
        RandomNumberGenerator.Shuffle<char>(characters);
        return new string(characters);

        void Take(string characters, bool allowed, int minimum)
        {
            if (minimum > 0 && !allowed)
            {
                throw new ArgumentException("A kind of character has a minimum but is not allowed.");
            }

            value.AddRange(RandomNumberGenerator.GetItems<char>(characters, minimum));
        }
    }
}
