using System.CommandLine;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Failures;
using NodeData.Sdk;

namespace NodeData.Cli.Keys.Rotation;

/// <summary>The options of <c>keys rotate</c>.</summary>
internal sealed class RotationOptions
{
    private readonly Option<string?> _overlap = new("--overlap")
    {
        Description = "How long both keys work once the new one is in place: 24h (the default), 30m, 7d, 0s",
        HelpName = "TIME",
    };
    private readonly Option<bool> _compromised = new("--compromised")
    {
        Description = "The old key is in wrong hands: no overlap unless one is named, even for the key in use",
    };
    private readonly Option<string?> _expires = new("--expires")
    {
        Description = "When the new key ends: 90d, a date, never; else it lives as long as the old one was made for",
        HelpName = "WHEN",
    };
    private readonly Option<string?> _name = new("--name")
    {
        Description = "The new key's name; else the old one's, with the rotation's suffix",
        HelpName = "NAME",
    };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Look and say what would be done; change nothing" };
    private readonly Option<bool> _noWait = new("--no-wait")
    {
        Description = "End once the new key is in place; --resume revokes the old one later",
    };
    private readonly Option<bool> _resume = new("--resume") { Description = "Go on with a rotation, without waiting through its overlap" };
    private readonly Option<bool> _rollBack = new("--abort")
    {
        Description = "Take a rotation back: the old key is put back, the new one revoked",
    };
    private readonly Option<string?> _oldKeyFile = new("--old-key-file")
    {
        Description = "For --abort: a file with the old key, or - for standard input, where it must be put back",
        HelpName = "PATH",
    };
    private readonly Option<string?> _store = new("--log")
    {
        Description = "The folder in which rotations are written down; else that of the user",
        HelpName = "FOLDER",
    };
    private readonly Option<bool> _yes = new("--yes")
    {
        Description = "Do not ask, in a terminal, before a live key or the key in use is rotated",
    };

    public bool IsDryRun(Invocation invocation) => invocation.Get(_dryRun);

    public bool ShouldWait(Invocation invocation) => !invocation.Get(_noWait);

    public bool IsResume(Invocation invocation) => invocation.Get(_resume);

    public bool IsRollBack(Invocation invocation) => invocation.Get(_rollBack);

    public bool IsConfirmed(Invocation invocation) => invocation.Get(_yes);

    public bool IsCompromised(Invocation invocation) => invocation.Get(_compromised);

    public string? GetOldKeyFile(Invocation invocation) => invocation.Get(_oldKeyFile);

    /// <exception cref="CommandFailedException">There is no folder of the user's.</exception>
    public FileApiKeyRotationStore OpenStore(Invocation invocation)
    {
        try
        {
            return new FileApiKeyRotationStore(
                invocation.Get(_store) is { } folder ? Path.GetFullPath(folder, invocation.Terminal.Folder) : null
            );
        }
        catch (NodeDataConfigurationException exception)
        {
            throw CommandFailedException.Usage(
                "There is no folder for this user's local application data (HOME is not set), so rotations cannot be written down. Name one that outlives "
                    + "this run with --log.",
                exception
            );
        }
    }

    public string FormatStoreArgument(Invocation invocation) => invocation.Get(_store) is { } folder ? $" --log '{folder}'" : "";

    public void AddTo(Command command)
    {
        foreach (
            var option in new Option[]
            {
                _overlap,
                _compromised,
                _expires,
                _name,
                _dryRun,
                _noWait,
                _resume,
                _rollBack,
                _oldKeyFile,
                _store,
                _yes,
            }
        )
        {
            command.Add(option);
        }
    }

    /// <exception cref="CommandFailedException">Two of them say different things.</exception>
    public void Check(Invocation invocation)
    {
        Option[] exclusiveOptions = [_dryRun, _noWait, _resume, _rollBack];
        if (exclusiveOptions.Where(invocation.Has).Take(2).ToList() is [var one, var other])
        {
            throw CommandFailedException.Usage($"{one.Name} and {other.Name} cannot be had together. Choose one.");
        }
    }

    /// <summary>The plan, but for its sinks and its progress.</summary>
    /// <exception cref="CommandFailedException">An option is no time.</exception>
    public ApiKeyRotationOptions CreateRotationOptions(Invocation invocation) =>
        new()
        {
            Overlap = GetOverlap(invocation),
            IsCompromised = invocation.Get(_compromised),
            ExpiresIn = GetLifetime(invocation),
            NewName = invocation.Get(_name),
            Store = OpenStore(invocation),
        };

    private TimeSpan? GetOverlap(Invocation invocation) =>
        invocation.Get(_overlap) is not { } text
            ? null
            : Expiry.ParseDuration(text)
                ?? throw CommandFailedException.Usage($"--overlap {text} is no length of time. Write 24h, 30m, 7d, or 0s for none.");

    private TimeSpan? GetLifetime(Invocation invocation)
    {
        if (invocation.Get(_expires) is not { } text)
        {
            return null;
        }

        var now = invocation.Terminal.Time.GetUtcNow();
        return Expiry.Parse(text, now).ExpiresAt is { } expiresAt ? expiresAt - now : Timeout.InfiniteTimeSpan;
    }
}
