using System.Diagnostics;
using NodeData.Sdk;
using NodeData.Sdk.Tpm;

namespace NodeData.Cli.Credentials;

/// <summary>A setting and where it stands.</summary>
/// <param name="value">The value: a secret, a reference, an address.</param>
/// <param name="source">The option, the variable, or the variable in a file, as messages name it.</param>
/// <param name="file">The file, where it stands in one.</param>
[DebuggerDisplay("{Source,nq}")]
internal sealed class Setting(string value, string source, EnvLocalFile? file = null)
{
    private const StringSplitOptions SplitOptions = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string Value { get; } = value;

    public string Source { get; } = source;

    public EnvLocalFile? File { get; } = file;

    /// <summary>The key that stands here or where this points to.</summary>
    /// <exception cref="NodeDataConfigurationException">It cannot be read, or is no key.</exception>
    public ApiKey ResolveKey(CancellationToken cancellationToken)
    {
        var text = Resolve(Value, cancellationToken);
        return ApiKey.TryParse(text, out var key)
            ? key
            : throw new NodeDataConfigurationException($"{Source} does not lead to an API key, which begins with nd_test_ or nd_live_.");
    }

    /// <summary>The webhook secrets that stand here or where this points to; one at least.</summary>
    /// <exception cref="NodeDataConfigurationException">One cannot be read, or is no webhook secret.</exception>
    public IReadOnlyList<WebhookSecret> ResolveWebhookSecrets(CancellationToken cancellationToken)
    {
        var texts = Value
            .Split(',', SplitOptions)
            .SelectMany(reference => Resolve(reference, cancellationToken).Split([',', '\n', '\r'], SplitOptions))
            .ToList();
        return texts.Count > 0 && texts.TrueForAll(text => WebhookSecret.TryParse(text, out _))
            ? texts.ConvertAll(WebhookSecret.Parse)
            : throw new NodeDataConfigurationException($"{Source} does not lead to webhook secrets, which begin with whsec_.");
    }

    private string Resolve(string text, CancellationToken cancellationToken)
    {
        var tpm = new TpmSecretResolver();
        var reference = new SecretReference(text);
        return reference.Scheme == tpm.Scheme
            ? tpm.Resolve(text[(tpm.Scheme.Length + 1)..], cancellationToken).Trim()
            : reference.Resolve(Source);
    }
}
