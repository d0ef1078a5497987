using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using NodeData.Sdk;

namespace NodeData.Cli.Webhooks.Secrets;

/// <summary>A destination for the secret of a new endpoint.</summary>
internal abstract class WebhookSecretSink
{
    /// <summary>The name of the sink, for messages.</summary>
    public abstract string Name { get; }

    /// <summary>Parses a sink as the command line names it.</summary>
    /// <param name="text">The value of <c>--secret-to</c>.</param>
    /// <param name="terminal">The environment of the tool.</param>
    /// <param name="allowReplace">Whether an existing secret may be replaced.</param>
    /// <exception cref="CommandFailedException">The text is not a sink.</exception>
    public static WebhookSecretSink Parse(string text, Terminal terminal, bool allowReplace) =>
        text switch
        {
            "stdout" => new StandardOutputSecretSink(terminal),
            "env-local" => new EnvLocalSecretSink(terminal, allowReplace),
            _ when text.StartsWith(FileSecretSink.Prefix, StringComparison.Ordinal) => new FileSecretSink(
                text[FileSecretSink.Prefix.Length..],
                allowReplace
            ),
            _ => throw CommandFailedException.Usage("--secret-to must be stdout, env-local or file:PATH."),
        };

    /// <summary>Checks, before the endpoint is created, whether the secret can be stored.</summary>
    /// <exception cref="CommandFailedException">It cannot be stored.</exception>
    public virtual Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Stores the secret.</summary>
    public abstract Task DeployAsync(WebhookSecret secret, CancellationToken cancellationToken);
}
