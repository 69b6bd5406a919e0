using System.Collections.Concurrent;
using System.Net.Mail;
using Microsoft.Extensions.Options;

namespace Pamps.ApiService.Features.Billing;

/// <summary>
/// Writes mails as <c>.eml</c> files for a person or a relay to pick up: <c>ab/abcdef….eml</c>, spread over 256 folders.
/// A file appears whole, by a rename, under a name that follows from the debt; a mail that is there already is not
/// written again, so here even a crash between sending and noting it makes no second copy. What a crash left half written
/// names debtors too: it is deleted at a later start.
/// </summary>
internal sealed class FolderTransport : IMailTransport
{
    // No mail takes this long to write, also not in another replica that shares the folder.
    private static readonly TimeSpan LeftoverAge = TimeSpan.FromHours(1);

    private readonly string _folder;
    private readonly string _desksFolder;

    // SmtpClient chooses the file's name itself, so each mail is written in a folder where it is alone. Folders are lent out.
    private readonly ConcurrentBag<string> _desks = [];

    public FolderTransport(IOptions<BillingOptions> options, TimeProvider clock)
    {
        _folder = options.Value.Mail.Folder is { Length: > 0 } configured
            ? configured
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "pamps", "mails");
        _desksFolder = Path.Combine(_folder, ".writing");
        DeleteLeftovers(clock.GetUtcNow() - LeftoverAge);
    }

    public async Task SendAsync(MailMessage message, string key, CancellationToken cancellationToken)
    {
        var target = Path.Combine(_folder, key[..2], key + ".eml");
        if (File.Exists(target))
        {
            return;
        }

        var desk = _desks.TryTake(out var idle) ? idle : CreatePrivate(Path.Combine(_desksFolder, Path.GetRandomFileName()));
        using var client = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = desk };
        await client.SendMailAsync(message, cancellationToken);
        var written = Directory.GetFiles(desk).Single();
        CreatePrivate(Path.Combine(_folder, key[..2]));
        try
        {
            File.Move(written, target, overwrite: false);
        }
        catch (IOException) when (File.Exists(target))
        {
            // Another replica was faster with the same mail.
            File.Delete(written);
        }

        // Not given back after a failure: something may lie in it.
        _desks.Add(desk);
    }

    private void DeleteLeftovers(DateTimeOffset before)
    {
        if (!Directory.Exists(_desksFolder))
        {
            return;
        }

        foreach (var file in Directory.EnumerateFiles(_desksFolder, "*", SearchOption.AllDirectories).Where(file => File.GetLastWriteTimeUtc(file) < before.UtcDateTime))
        {
            File.Delete(file);
        }
    }

    /// <summary>The mails name debtors: nobody but the owner may read them.</summary>
    private static string CreatePrivate(string folder)
    {
        if (!Directory.Exists(folder))
        {
            _ = OperatingSystem.IsWindows()
                ? Directory.CreateDirectory(folder)
                : Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return folder;
    }
}
