using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Dashboard;

/// <summary>Keeps secrets out of the page: the values of secret parameters wherever they occur, and variables whose names promise a secret.</summary>
internal sealed class SecretMask(DistributedApplicationModel model, IEnumerable<ParameterResource> defaultPasswords)
{
    private static readonly string[] TellingNames = ["PASSWORD", "SECRET", "TOKEN", "APIKEY", "API_KEY", "SIGNINGKEY"];

    public VariableView Apply(string name, string? value)
    {
        var isSecret = TellingNames.Any(n => name.Contains(n, StringComparison.OrdinalIgnoreCase)) || Secrets().Any(s => value?.Contains(s, StringComparison.Ordinal) == true);
        return new VariableView(name, isSecret ? null : value, isSecret);
    }

    private IEnumerable<string> Secrets()
    {
        foreach (var parameter in model.Resources.OfType<ParameterResource>().Concat(defaultPasswords).Where(p => p.Secret))
        {
            string secret;
            try
            {
                secret = parameter.Resolved;
            }
            catch (DistributedApplicationException)
            {
                // It has no value, so nothing can show it.
                continue;
            }

            if (secret.Length > 0)
            {
                yield return secret;
                yield return Uri.EscapeDataString(secret);
            }
        }
    }
}
