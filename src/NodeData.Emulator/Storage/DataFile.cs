namespace NodeData.Emulator.Storage;

/// <summary>
/// Where the data lies: at the path that was given, or in a private directory that goes when the emulator goes. Always a file, readable by its owner
/// alone.
/// </summary>
internal sealed class DataFile : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly DirectoryInfo? _temporaryDirectory;

    private DataFile(string path, DirectoryInfo? temporaryDirectory)
    {
        Path = path;
        _temporaryDirectory = temporaryDirectory;
    }

    public string Path { get; }

    public static DataFile Open(string? path)
    {
        // Made with mode 0700 on Unix; on Windows the temporary directory is the user's own.
        var temporaryDirectory = path is null ? Directory.CreateTempSubdirectory("node-data-emulator-") : null;
        var file = new DataFile(path ?? System.IO.Path.Combine(temporaryDirectory!.FullName, "emulator.db"), temporaryDirectory);
        try
        {
            file.Create();
            return file;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            file.Dispose();
            throw new EmulatorStartException(
                $"The data file {file.Path} cannot be opened for writing: {cause.Message} Name a file in a directory that exists and is writable "
                    + "(--data, EmulatorOptions.DataPath), or none for a temporary one.",
                cause
            );
        }
    }

    /// <summary>Closes a file of ours that was there already to everybody but its owner.</summary>
    public static void RestrictToOwner(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, OwnerOnly);
        }
    }

    public void Dispose() => _temporaryDirectory?.Delete(recursive: true);

    private void Create()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        new FileStream(Path, options).Dispose();
    }
}
