using System.ComponentModel.DataAnnotations;
using System.Net.Mail;

namespace Pamps.ApiService.Features.Billing;

/// <summary>Whose boletos are made and how they are delivered. Section <c>Billing</c>.</summary>
internal sealed class BillingOptions : IValidatableObject
{
    /// <summary>The account that is paid into; without one debts are stored and wait.</summary>
    public BankOptions Bank { get; set; } = new();

    public BeneficiaryOptions Beneficiary { get; set; } = new();

    public ImportOptions Imports { get; set; } = new();

    public MailOptions Mail { get; set; } = new();

    /// <summary>Key of the HMAC over payment notices; without one they need an API key.</summary>
    public string WebhookSecret { get; set; } = "";

    /// <summary>Whether this replica reads imports, issues and mails; the API answers in any case.</summary>
    public bool Workers { get; set; } = true;

    /// <summary>How often the queues are looked at when nobody says that there is work.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>When the daily run gives what failed another try, UTC.</summary>
    public TimeOnly ReissueAt { get; set; } = new(6, 0);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Bank.Code.Length > 0)
        {
            string? problem = null;
            try
            {
                Issuer.Create(0, IssuerDocument.Of(this));
            }
            catch (ArgumentException exception)
            {
                problem = exception.Message;
            }

            if (problem is not null)
            {
                yield return new ValidationResult($"Section Billing: {problem}");
            }
        }

        if (!MailAddress.TryCreate(Mail.From, out _))
        {
            yield return new ValidationResult("Billing:Mail:From is not a mail address.");
        }

        if (Imports.MaxBytes <= 0 || Imports.MaxAtOnce <= 0 || Imports.ChunkRows <= 0 || Mail.Concurrency <= 0 || Mail.MaxAttempts <= 0 || PollInterval <= TimeSpan.Zero)
        {
            yield return new ValidationResult("The limits of section Billing must be positive.");
        }
    }
}

/// <summary>The account at the bank.</summary>
internal sealed class BankOptions
{
    /// <summary><c>341</c> (Itaú) or <c>001</c> (Banco do Brasil).</summary>
    public string Code { get; set; } = "";

    /// <summary>Without check digit.</summary>
    public string Agency { get; set; } = "";

    /// <summary>Without check digit.</summary>
    public string Account { get; set; } = "";

    /// <summary>The carteira: 109 or 110 at Itaú, for instance 17 at Banco do Brasil.</summary>
    public string Portfolio { get; set; } = "";

    /// <summary>The convênio of 7 digits; Banco do Brasil only.</summary>
    public string Agreement { get; set; } = "";
}

/// <summary>Who is paid.</summary>
internal sealed class BeneficiaryOptions
{
    public string Name { get; set; } = "";

    public string TaxId { get; set; } = "";

    public string Address { get; set; } = "";

    /// <summary>For the Pix code.</summary>
    public string City { get; set; } = "";

    /// <summary>Lines printed on every boleto, at most five.</summary>
    public IList<string> Instructions { get; } = [];

    /// <summary>The key of a static Pix code; no Pix without it.</summary>
    public string PixKey { get; set; } = "";
}

/// <summary>What is accepted of a file.</summary>
internal sealed class ImportOptions
{
    /// <summary>Largest file, packed and unpacked: five times the million rows that are the usual maximum.</summary>
    public long MaxBytes { get; set; } = 512 * 1024 * 1024;

    /// <summary>Uploads at once in this replica; each holds a connection to the database.</summary>
    public int MaxAtOnce { get; set; } = 4;

    /// <summary>Whether one bad row refuses the file.</summary>
    public bool AllOrNothing { get; set; }

    /// <summary>The same for the older <c>/process-file</c>, which always did so.</summary>
    public bool OlderAllOrNothing { get; set; } = true;

    /// <summary>Rows stored in one transaction. More take more memory, fewer more of the database's time: they reach the index of debts in its order.</summary>
    public int ChunkRows { get; set; } = 50_000;
}

/// <summary>How mails leave.</summary>
internal sealed class MailOptions
{
    /// <summary>The sender.</summary>
    public string From { get; set; } = "boletos@localhost";

    /// <summary>The server; without one mails are written to <see cref="Folder"/>.</summary>
    public string SmtpHost { get; set; } = "";

    public int SmtpPort { get; set; } = 25;

    public bool SmtpTls { get; set; }

    public string SmtpUser { get; set; } = "";

    public string SmtpPassword { get; set; } = "";

    /// <summary>Where <c>.eml</c> files go; the user's own data folder when empty.</summary>
    public string Folder { get; set; } = "";

    /// <summary>Mails a second and replica; 0 is no limit.</summary>
    public int PerSecond { get; set; }

    /// <summary>Mails composed and sent at once.</summary>
    public int Concurrency { get; set; } = 4;

    /// <summary>After so many temporary failures a mail is given up until the daily run.</summary>
    public int MaxAttempts { get; set; } = 8;

    /// <summary>Pause after the first temporary failure; doubled after each further one.</summary>
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a claim lasts. After a crash the claimed mails wait for so long.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long after hand-over a boleto without bad news is done.</summary>
    public TimeSpan ConfirmAfter { get; set; } = TimeSpan.FromMinutes(10);
}
