namespace Aspire.Hosting.Processes;

/// <summary>Files and folders that only one user can read.</summary>
internal static class PrivateFiles
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Creates a folder that only the user, or the AppHost's own user, can enter.</summary>
    public static void CreateFolder(string folder, UnprivilegedUser? owner)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, OwnerFile | UnixFileMode.UserExecute);
        Give(folder, owner);
    }

    /// <summary>Writes a file that only the user, or the AppHost's own user, can read.</summary>
    public static async Task WriteAsync(string file, string content, UnprivilegedUser? owner, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerFile;
        }

        await using (var writer = new StreamWriter(file, options))
        {
            await writer.WriteAsync(content.AsMemory(), cancellationToken).ConfigureAwait(false);
        }

        Give(file, owner);
    }

    /// <summary>Makes another user the owner, when there is one.</summary>
    public static void Give(string path, UnprivilegedUser? owner)
    {
        if (owner is not null)
        {
            UnixProcess.ChangeOwner(path, owner.UserId, owner.GroupId);
        }
    }
}
