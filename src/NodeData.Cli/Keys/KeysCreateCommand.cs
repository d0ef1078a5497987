using System.CommandLine;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using NodeData.Cli.Sinks;
using NodeData.Sdk;

namespace NodeData.Cli.Keys;

/// <summary>Creates a key and stores its secret.</summary>
internal sealed class KeysCreateCommand : NodeDataCommand
{
    private readonly Option<string> _name = new("--name")
    {
        Description = "Name of the key, 1 to 100 characters",
        HelpName = "NAME",
        Required = true,
    };
    private readonly Option<string?> _mode = new("--mode")
    {
        Description = "Mode of the key, test or live; defaults to the mode of the key that the command uses",
        HelpName = "MODE",
    };
    private readonly Option<string[]> _scopes = new("--scope")
    {
        Description = "Scope of the key, such as models:read; repeatable; defaults to full access",
        HelpName = "SCOPE",
    };
    private readonly Option<string?> _expires = new("--expires")
    {
        Description = "Expiration: 90d (the default), 12h, 30m, a date or time (ISO 8601), or never",
        HelpName = "WHEN",
    };
    private readonly Option<bool> _overwrite = new("--overwrite")
    {
        Description = "Replace a key that the file or .env.local already holds",
    };
    private readonly SinkOptions _sinks = new();

    public KeysCreateCommand(Terminal terminal)
        : base("create", "Create an API key and store its secret", terminal)
    {
        _mode.AcceptOnlyFromAmong("test", "live");
        _scopes.CompletionSources.Add([.. ApiKeyScope.Known.Select(scope => scope.Value)]);
        Add(_name);
        Add(_mode);
        Add(_scopes);
        Add(_expires);
        _sinks.AddTo(this);
        Add(_overwrite);
    }

    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        IReadOnlyList<Sink> sinks = [];
        sinks = _sinks.Parse(invocation, invocation.Get(_overwrite), key => NewKeyText.Write(invocation, key, sinks));
        if (sinks.Count == 0)
        {
            throw CommandFailedException.Usage(
                "The secret of a new key is shown once, and standard output is not a terminal, so it could end up in a log. Set where to store it with --to (env-local, "
                    + "file:PATH, github:…, aws:…), or print it with --print-secret. Nothing was sent."
            );
        }

        var request = CreateRequest(invocation);
        using var node = invocation.CreateClient();
        foreach (var sink in sinks)
        {
            await sink.CheckAsync(cancellationToken).ConfigureAwait(false);
        }

        var key = await CreateKeyAsync(node, request, invocation.Get(_scopes) ?? [], cancellationToken).ConfigureAwait(false);
        await new NewKeyDeployment(node, invocation.Terminal, sinks).DeployAsync(key, cancellationToken).ConfigureAwait(false);
        if (!sinks.Any(sink => sink is StandardOutputSink))
        {
            NewKeyText.Write(invocation, key, sinks);
        }

        await WriteAppliedDefaultsAsync(invocation, key).ConfigureAwait(false);
        return ExitCode.Ok;
    }

    private static async Task<CreatedApiKey> CreateKeyAsync(
        NodeClient node,
        CreateApiKeyOptions request,
        string[] scopes,
        CancellationToken cancellationToken
    )
    {
        var hint =
            $"A key named '{request.Name}' may have been created, and its secret is lost: check with `node-data keys list`, and revoke it.";
        try
        {
            return await node.Keys.CreateAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (NodeDataBadRequestException exception) when (exception.Field == "scopes")
        {
            throw new CommandFailedException(ExitCode.Failed, exception.Message + ScopeText.FormatSuggestion(scopes), exception);
        }
        catch (NodeDataConnectionException exception) when (exception.RequestMayHaveBeenProcessed)
        {
            throw new CommandFailedException(ExitCode.Unreachable, $"{exception.Message} {hint}", exception);
        }
        catch (NodeDataResponseFormatException exception)
        {
            throw new CommandFailedException(ExitCode.Unreachable, $"{exception.Message} {hint}", exception);
        }
        catch (OperationCanceledException exception)
        {
            throw new CommandFailedException(ExitCode.Interrupted, $"Interrupted while the key was being created. {hint}", exception);
        }
    }

    private CreateApiKeyOptions CreateRequest(Invocation invocation) =>
        new(invocation.Get(_name)!)
        {
            Mode = ModeText.Parse(invocation.Get(_mode)),
            Scopes = ScopeText.Parse(invocation.Get(_scopes) ?? []),
            ExpiresAt = Expiry.Parse(invocation.Get(_expires), invocation.Terminal.Time.GetUtcNow()).ExpiresAt,
            // Lets a retry return the same key if the response is lost.
            IdempotencyKey = Guid.NewGuid().ToString("N"),
        };

    private async Task WriteAppliedDefaultsAsync(Invocation invocation, CreatedApiKey key)
    {
        var error = invocation.Terminal.Error;
        if (!invocation.Has(_scopes))
        {
            await error.WriteLineAsync("node-data: The key has full access because --scope is not set.").ConfigureAwait(false);
        }

        if (!invocation.Has(_expires) && key.ExpiresAt is { } expiresAt)
        {
            await error
                .WriteLineAsync(
                    $"node-data: The key expires on {Cell.FormatTime(expiresAt)}, in {Expiry.Default.TotalDays:0} days; set --expires to change this."
                )
                .ConfigureAwait(false);
        }
    }
}
