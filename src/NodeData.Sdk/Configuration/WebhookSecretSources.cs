using NodeData.Sdk.Credentials;

namespace NodeData.Sdk.Configuration;

/// <summary>
/// Reads a client's webhook secrets from their sources: the secrets themselves, or references that are resolved on each read. The secrets are validated
/// together: each value must be a secret, and all must have the client's mode. Errors name the setting and the remedy, never a secret.
/// </summary>
internal sealed class WebhookSecretSources
{
    private const StringSplitOptions Parts = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;

    private static readonly char[] Separators = [',', '\n', '\r'];

    private readonly (SecretReference? Reference, string Setting)[] _sources;
    private readonly SecretReader _reader;
    private readonly KeyMode? _expectedMode;
    private readonly string _expectedModeSetting;
    private readonly string _recommendedSettings;
    private readonly string _apiKeySetting;

    private WebhookSecretSources(NodeClientOptions options, (SecretReference?, string)[] sources, string setting)
    {
        _sources = sources;
        _reader = SecretReader.Create(options);
        _expectedMode = options.ExpectedMode;
        _expectedModeSetting = options.Sources.GetSettingName(nameof(options.ExpectedMode), options.ExpectedMode);
        _recommendedSettings = options.AllowSecretsFromEnvironment
            ? $"the environment variable {NodeDataEnvironment.WebhookSecret} or {options.WebhookSecretsSetting}"
            : options.WebhookSecretsSetting;
        _apiKeySetting = options.ApiKeySetting;
        Setting = setting;
        HasReferences = sources.Any(source => source.Item1?.Scheme is not null);
    }

    /// <summary>Gets the setting that contains all sources.</summary>
    public string Setting { get; }

    public bool IsEmpty => _sources.Length == 0;

    /// <summary>Gets a value indicating whether a later read can return different secrets.</summary>
    public bool HasReferences { get; }

    /// <summary>Creates the sources from the options or, if they contain none, from the environment; empty if neither contains any.</summary>
    public static WebhookSecretSources Create(NodeClientOptions options)
    {
        if (options.WebhookSecrets is { } references)
        {
            var sources = references.Select(
                (reference, index) => (reference, options.Sources.GetElementSettingName(nameof(options.WebhookSecrets), index, reference))
            );
            return new WebhookSecretSources(
                options,
                [.. sources],
                options.Sources.GetSettingName(nameof(options.WebhookSecrets), references)
            );
        }

        var (text, setting) =
            (
                options.AllowSecretsFromEnvironment
                    ? NodeDataEnvironment.FindWithSource(NodeDataEnvironment.WebhookSecret, options.EnvLocal)
                    : null
            ) ?? ("", NodeDataEnvironment.WebhookSecret);
        return new WebhookSecretSources(options, [.. Split(text, setting)], setting);
    }

    /// <summary>Splits a setting that contains several secrets or references, separated by commas; each is returned with its name for messages.</summary>
    public static IEnumerable<(SecretReference Reference, string Setting)> Split(string text, string setting)
    {
        var parts = text.Split(',', Parts);
        return parts.Select(
            (part, index) => (new SecretReference(part), parts.Length == 1 ? setting : $"{setting} (number {index + 1} of {parts.Length})")
        );
    }

    /// <summary>Reads the current secrets.</summary>
    /// <param name="clientMode">The mode of the client's key; null if it is unknown.</param>
    /// <exception cref="NodeDataConfigurationException">A source cannot be read, or contains an invalid secret.</exception>
    public WebhookSecret[] Read(KeyMode? clientMode)
    {
        WebhookSecret[] secrets = [.. _sources.SelectMany(source => ReadSource(source.Reference, source.Setting)).Distinct()];
        ValidateModes(secrets, clientMode);
        return secrets;
    }

    /// <summary>Rejects secrets whose mode differs from the expected mode or from the client's mode.</summary>
    public void ValidateModes(ReadOnlySpan<WebhookSecret> secrets, KeyMode? clientMode)
    {
        WebhookSecret? first = null;
        foreach (var secret in secrets)
        {
            if (secret.Mode is not { } mode)
            {
                continue;
            }

            if (_expectedMode is { } expected && mode != expected)
            {
                throw CreateModeError(secret, $"{_expectedModeSetting} is {expected}");
            }

            if (clientMode is { } client && mode != client)
            {
                throw CreateModeError(secret, $"the client's key is a {client.ToWireValue()} key");
            }

            first ??= secret;
            if (first.Mode != mode)
            {
                throw new NodeDataConfigurationException(
                    $"{Setting} holds secrets of both modes ({first.Hint} and {secret.Hint}). Test and live mode are isolated: keep the secrets of one mode."
                );
            }
        }
    }

    public NodeDataConfigurationException CreateMissingError() =>
        new(
            $"There is no webhook secret. Set {_recommendedSettings} to the endpoint's secret (whsec_test_… or whsec_live_…) or to a reference to it "
                + "(env:NAME, file:PATH); during a rotation, to both the new and the old one. "
                + "The service shows a secret once, when the endpoint is created."
        );

    private IEnumerable<WebhookSecret> ReadSource(SecretReference? reference, string setting)
    {
        if (reference is null)
        {
            throw new NodeDataConfigurationException($"{setting} is null. Remove it, or set it to a webhook secret.");
        }

        var source = SecretReader.FormatSource(reference, setting);
        var texts = _reader.Read(reference, setting, CancellationToken.None).Split(Separators, Parts);
        return texts.Length == 0
            ? throw new NodeDataConfigurationException($"{source} {WebhookSecretDiagnostics.Describe("")}")
            : texts.Select(text => Parse(text, source));
    }

    private WebhookSecret Parse(string text, string source) =>
        WebhookSecret.TryParse(text, out var secret) ? secret
        : ApiKeyFormat.HasPrefix(text, StringComparison.OrdinalIgnoreCase)
            ? throw new NodeDataConfigurationException(
                $"{source} holds an API key (nd_…). Put it in {_apiKeySetting}; a webhook secret begins with whsec_test_, whsec_live_ or whsec_."
            )
        : throw new NodeDataConfigurationException($"{source} {WebhookSecretDiagnostics.Describe(text)}");

    private NodeDataConfigurationException CreateModeError(WebhookSecret secret, string expectation) =>
        new(
            $"{Setting} holds a {secret.Mode!.Value.ToWireValue()} secret ({secret.Hint}), and {expectation}. Test and live mode are isolated: "
                + "use the secret of an endpoint of the client's mode."
        );
}
