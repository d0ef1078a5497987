using System.Diagnostics;
using NodeData.Sdk;
using NodeData.Sdk.Tpm;

namespace NodeData.Cli.Credentials;

/// <summary>A setting and its source.</summary>
/// <param name="value">The value: a secret, a reference or an address.</param>
/// <param name="source">The option, the variable, or the variable in a file, for messages.</param>
/// <param name="file">The file that contains the setting; null if it comes from elsewhere.</param>
[DebuggerDisplay("{Source,nq}")]
internal sealed class Setting(string value, string source, EnvLocalFile? file = null)
{
    private const StringSplitOptions SplitOptions = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string Value { get; } = value;

    public string Source { get; } = source;

    public EnvLocalFile? File { get; } = file;

    /// <summary>Resolves the API key: the value itself, or what the reference points to.</summary>
    /// <exception cref="NodeDataConfigurationException">It cannot be read, or is not an API key.</exception>
    public ApiKey ResolveKey(CancellationToken cancellationToken)
    {
        var text = Resolve(Value, cancellationToken);
        return ApiKey.TryParse(text, out var key)
            ? key
            : throw new NodeDataConfigurationException(
                $"{Source} does not resolve to an API key. An API key begins with nd_test_ or nd_live_."
            );
    }

    /// <summary>Resolves the webhook secrets, at least one: the values themselves, or what the references point to.</summary>
    /// <exception cref="NodeDataConfigurationException">One cannot be read, or is not a webhook secret.</exception>
    public IReadOnlyList<WebhookSecret> ResolveWebhookSecrets(CancellationToken cancellationToken)
    {
        var texts = Value
            .Split(',', SplitOptions)
            .SelectMany(reference => Resolve(reference, cancellationToken).Split([',', '\n', '\r'], SplitOptions))
            .ToList();
        return texts.Count > 0 && texts.TrueForAll(text => WebhookSecret.TryParse(text, out _))
            ? texts.ConvertAll(WebhookSecret.Parse)
            : throw new NodeDataConfigurationException(
                $"{Source} does not resolve to webhook secrets. A webhook secret begins with whsec_."
            );
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
