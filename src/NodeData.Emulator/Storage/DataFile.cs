namespace NodeData.Emulator.Storage;

/// <summary>
/// The data file: at the given path, or in a private temporary directory that is deleted when the emulator stops. Only its owner can read it.
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
        // Created with mode 0700 on Unix; on Windows the temporary directory belongs to the user.
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
                $"The data file {file.Path} cannot be opened for writing: {cause.Message} Specify a file in a directory that exists and is writable "
                    + "(--data, EmulatorOptions.DataPath), or none for a temporary file.",
                cause
            );
        }
    }

    /// <summary>Restricts the permissions of an existing data file to its owner.</summary>
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
