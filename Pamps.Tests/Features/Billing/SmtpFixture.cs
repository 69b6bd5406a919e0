using System.Globalization;

namespace Pamps.Tests.Features.Billing;

/// <summary>An API that mails through a server.</summary>
public sealed class SmtpFixture : BillingFixture, IAsyncLifetime
{
    internal SmtpSink Sink { get; } = new();

    /// <inheritdoc />
    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await Sink.DisposeAsync();
    }

    /// <inheritdoc />
    protected override void Configure(ApiSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        base.Configure(settings);
        settings["Billing:Mail:SmtpHost"] = "127.0.0.1";
        settings["Billing:Mail:SmtpPort"] = Sink.Port.ToString(CultureInfo.InvariantCulture);
        settings["Billing:Mail:FirstPause"] = "00:00:00.100";
        settings["Billing:Mail:MaxAttempts"] = "3";
    }
}
