namespace Pamps.ApiService.Contracts;

/// <summary>Why a debt got no boleto or its mail did not arrive. Codes stay what they are; the sentences beside them may change.</summary>
public static class BoletoErrorCodes
{
    /// <summary>The due date lies too far back or ahead for a boleto to carry it.</summary>
    public const string DueDateOutOfRange = "due_date_out_of_range";

    /// <summary>The bank account has no numbers left.</summary>
    public const string NumbersUsedUp = "numbers_used_up";

    /// <summary>The mail address is none that a mail can be sent to.</summary>
    public const string AddressUnusable = "address_unusable";

    /// <summary>The mail server refused the mail for good.</summary>
    public const string MailRefused = "mail_refused";

    /// <summary>The mail was handed over and came back.</summary>
    public const string MailBounced = "mail_bounced";

    /// <summary>The mail could not be handed over; usually that passes.</summary>
    public const string MailFailed = "mail_failed";
}
