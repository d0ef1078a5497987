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
        Description = "Duration for which both keys are valid after the deployment: 24h (the default), 30m, 7d, 0s",
        HelpName = "TIME",
    };
    private readonly Option<bool> _compromised = new("--compromised")
    {
        Description = "Treat the old key as compromised: no overlap unless --overlap sets one, even for the key that the command uses",
    };
    private readonly Option<string?> _expires = new("--expires")
    {
        Description = "Expiration of the new key: 90d, a date or never; defaults to the lifetime of the old one",
        HelpName = "WHEN",
    };
    private readonly Option<string?> _name = new("--name")
    {
        Description = "Name of the new key; defaults to the old name with the suffix of the rotation",
        HelpName = "NAME",
    };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Show what would be done without changing anything" };
    private readonly Option<bool> _noWait = new("--no-wait")
    {
        Description = "Exit after the new key is deployed; revoke the old one later with --resume",
    };
    private readonly Option<bool> _resume = new("--resume") { Description = "Resume a rotation; fails if the overlap has not ended" };
    private readonly Option<bool> _rollBack = new("--roll-back")
    {
        Description = "Roll back a rotation: restore the old key and revoke the new one",
    };
    private readonly Option<string?> _oldKeyFile = new("--old-key-file")
    {
        Description = "With --roll-back: file that holds the old key, or - for standard input; required to restore it in its sinks",
        HelpName = "PATH",
    };
    private readonly Option<string?> _store = new("--store")
    {
        Description = "Directory for the state of rotations; defaults to nodedata/rotations in the local application data of the user",
        HelpName = "DIRECTORY",
    };
    private readonly Option<bool> _yes = new("--yes")
    {
        Description = "Skip the confirmation for a live key or the key that the command uses",
    };

    public bool IsDryRun(Invocation invocation) => invocation.Get(_dryRun);

    public bool ShouldWait(Invocation invocation) => !invocation.Get(_noWait);

    public bool IsResume(Invocation invocation) => invocation.Get(_resume);

    public bool IsRollBack(Invocation invocation) => invocation.Get(_rollBack);

    public bool IsConfirmed(Invocation invocation) => invocation.Get(_yes);

    public bool IsCompromised(Invocation invocation) => invocation.Get(_compromised);

    public string? GetOldKeyFile(Invocation invocation) => invocation.Get(_oldKeyFile);

    /// <summary>Opens the store of rotations.</summary>
    /// <exception cref="CommandFailedException">The user has no directory for local application data.</exception>
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
                "This user has no directory for local application data (HOME is not set), so the state of rotations cannot be stored. Pass a directory that outlives "
                    + "this run with --store.",
                exception
            );
        }
    }

    public string FormatStoreArgument(Invocation invocation) => invocation.Get(_store) is { } folder ? $" --store '{folder}'" : "";

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

    /// <summary>Checks that no two exclusive options are set.</summary>
    /// <exception cref="CommandFailedException">Two exclusive options are set.</exception>
    public void Check(Invocation invocation)
    {
        Option[] exclusiveOptions = [_dryRun, _noWait, _resume, _rollBack];
        if (exclusiveOptions.Where(invocation.Has).Take(2).ToList() is [var one, var other])
        {
            throw CommandFailedException.Usage($"{one.Name} and {other.Name} cannot be used together. Choose one.");
        }
    }

    /// <summary>Creates the options of the rotation, except its sinks and its progress handler.</summary>
    /// <exception cref="CommandFailedException">The value of an option is not a valid time or duration.</exception>
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
                ?? throw CommandFailedException.Usage($"--overlap {text} is not a valid duration. Use 24h, 30m, 7d, or 0s for none.");

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
