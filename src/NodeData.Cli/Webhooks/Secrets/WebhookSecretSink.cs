using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using NodeData.Sdk;

namespace NodeData.Cli.Webhooks.Secrets;

/// <summary>A place that the secret of a new endpoint goes to.</summary>
internal abstract class WebhookSecretSink
{
    /// <summary>The place, for messages.</summary>
    public abstract string Name { get; }

    /// <summary>Reads a place as the command line names it.</summary>
    /// <param name="text">What stands after <c>--secret-to</c>.</param>
    /// <param name="terminal">What the tool has around it.</param>
    /// <param name="allowReplace">Whether a secret that is there already may be lost.</param>
    /// <exception cref="CommandFailedException">There is no such kind of place.</exception>
    public static WebhookSecretSink Parse(string text, Terminal terminal, bool allowReplace) =>
        text switch
        {
            "stdout" => new StandardOutputSecretSink(terminal),
            "env-local" => new EnvLocalSecretSink(terminal, allowReplace),
            _ when text.StartsWith(FileSecretSink.Prefix, StringComparison.Ordinal) => new FileSecretSink(
                text[FileSecretSink.Prefix.Length..],
                allowReplace
            ),
            _ => throw CommandFailedException.Usage("--secret-to is stdout, env-local or file:PATH."),
        };

    /// <summary>Looks whether the secret can go there, before there is one.</summary>
    /// <exception cref="CommandFailedException">It cannot.</exception>
    public virtual Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Puts the secret there.</summary>
    public abstract Task DeployAsync(WebhookSecret secret, CancellationToken cancellationToken);
}
