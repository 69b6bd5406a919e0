using System.Buffers;
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

    // A boleto's mail with room to spare.
    private const int UsualSize = 24 * 1024;

    private readonly string _folder;
    private readonly string _desk;
    private readonly TimeProvider _clock;

    public FolderTransport(IOptions<BillingOptions> options, TimeProvider clock)
    {
        _folder = options.Value.Mail.Folder is { Length: > 0 } configured
            ? configured
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "pamps", "mails");
        _desk = Path.Combine(_folder, ".writing");
        _clock = clock;
        DeleteLeftovers(clock.GetUtcNow() - LeftoverAge);
    }

    public async Task SendAsync(MailMessage message, string key, CancellationToken cancellationToken)
    {
        var target = Path.Combine(_folder, key[..2], key + ".eml");
        if (File.Exists(target))
        {
            return;
        }

        var bytes = new ArrayBufferWriter<byte>(UsualSize);
        MailFile.Write(bytes, message, key, _clock.GetUtcNow());
        var written = Path.Combine(CreatePrivate(_desk), Path.GetRandomFileName());
        using (var file = File.OpenHandle(written, FileMode.CreateNew, FileAccess.Write, preallocationSize: bytes.WrittenCount))
        {
            await RandomAccess.WriteAsync(file, bytes.WrittenMemory, fileOffset: 0, cancellationToken);
        }

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
    }

    private void DeleteLeftovers(DateTimeOffset before)
    {
        if (!Directory.Exists(_desk))
        {
            return;
        }

        foreach (var file in Directory.EnumerateFiles(_desk, "*", SearchOption.AllDirectories).Where(file => File.GetLastWriteTimeUtc(file) < before.UtcDateTime))
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
