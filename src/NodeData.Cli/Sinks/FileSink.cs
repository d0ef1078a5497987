using NodeData.Cli.Failures;
using NodeData.Sdk;

namespace NodeData.Cli.Sinks;

/// <summary>Stores the key in a file that contains nothing else, with mode 0600, as <c>--key-file</c> and <c>file:PATH</c> read it.</summary>
internal sealed class FileSink : Sink
{
    private const UnixFileMode WritableByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    private readonly SinkSetting _setting;
    private readonly string _path;
    private readonly FileApiKeySink _file;

    public FileSink(string reference, string path, SinkSetting setting)
        : base(reference)
    {
        _setting = setting;
        _path = Path.GetFullPath(path, setting.Terminal.Folder);
        _file = new FileApiKeySink(_path);
    }

    public override string Name => _file.Name;

    public override string Removal => $"delete {_path}";

    public override Task CheckAsync(CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(_path);
        if (folder is null || Directory.Exists(_path))
        {
            throw CommandFailedException.Usage($"--to {Reference} is a directory. Name a file for the key.");
        }

        if (!Directory.Exists(folder))
        {
            throw CommandFailedException.Usage(
                $"--to {Reference}: the directory '{folder}' does not exist. Create it, or correct the path."
            );
        }

        if (new FileInfo(_path).LinkTarget is { } target)
        {
            throw CommandFailedException.Usage($"--to {Reference} is a symbolic link. Name its target: file:{target}");
        }

        RequireNotWritableByOthers(folder);
        OwnerOnlyFile.RequireWritable(folder, Reference);
        RequireReplaceable();
        return Task.CompletedTask;
    }

    public override Task DeployAsync(CreatedApiKey key, CancellationToken cancellationToken) => _file.DeployAsync(key, cancellationToken);

    private void RequireNotWritableByOthers(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var mode = File.GetUnixFileMode(folder);
        if ((mode & WritableByOthers) != 0 && !mode.HasFlag(UnixFileMode.StickyBit))
        {
            throw CommandFailedException.Usage(
                $"--to {Reference}: other users can write to the directory '{folder}' and could replace the file. Run: chmod go-w '{folder}'"
            );
        }
    }

    // Overwritten content is lost, so it must be a key, and replacing it must be explicitly allowed.
    private void RequireReplaceable()
    {
        if (!File.Exists(_path))
        {
            return;
        }

        if (!_setting.AllowReplace)
        {
            throw CommandFailedException.Usage(
                $"--to {Reference}: the file already exists. Name another file, or replace the key in it with --overwrite."
            );
        }

        if (!IsEmptyOrKey())
        {
            throw CommandFailedException.Usage(
                $"--to {Reference}: the file contains something other than a key and is not overwritten. Name another file."
            );
        }
    }

    private bool IsEmptyOrKey()
    {
        try
        {
            return OwnerOnlyFile.IsEmptyOrSecret(_path, text => ApiKey.TryParse(text, out _));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CommandFailedException.Usage(
                $"--to {Reference}: the file cannot be read ({exception.GetType().Name}). Correct its owner or mode.",
                exception
            );
        }
    }
}
