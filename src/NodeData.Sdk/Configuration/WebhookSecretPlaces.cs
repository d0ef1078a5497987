using NodeData.Sdk.Credentials;

namespace NodeData.Sdk.Configuration;

/// <summary>
/// Where a client's webhook secrets stand: the secrets themselves, or references that are read anew each time. What is read is checked whole: every text is a
/// secret, all are of one mode, and it is the client's. Errors name the setting and the cure, never a secret.
/// </summary>
internal sealed class WebhookSecretPlaces
{
    private const StringSplitOptions Parts = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;

    private static readonly char[] Separators = [',', '\n', '\r'];

    private readonly (SecretReference? Reference, string Setting)[] _places;
    private readonly SecretReader _reader;
    private readonly KeyMode? _expectedMode;
    private readonly string _expectedModeSetting;
    private readonly string _whereToPutThem;
    private readonly string _whereToPutKeys;

    private WebhookSecretPlaces(NodeClientOptions options, (SecretReference?, string)[] places, string setting)
    {
        _places = places;
        _reader = SecretReader.Of(options);
        _expectedMode = options.ExpectedMode;
        _expectedModeSetting = options.Names.Of(nameof(options.ExpectedMode), options.ExpectedMode);
        _whereToPutThem = options.ReadsSecretsFromEnvironment
            ? $"the environment variable {EnvironmentNames.WebhookSecret} or {options.WebhookSecretsPlace}"
            : options.WebhookSecretsPlace;
        _whereToPutKeys = options.ApiKeyPlace;
        Setting = setting;
        HaveReferences = places.Any(place => place.Item1?.Scheme is not null);
    }

    /// <summary>The setting that holds them all.</summary>
    public string Setting { get; }

    public bool IsEmpty => _places.Length == 0;

    /// <summary>Whether another look may find other secrets.</summary>
    public bool HaveReferences { get; }

    /// <summary>The places named by the options, else by the environment; none where neither names any.</summary>
    public static WebhookSecretPlaces Of(NodeClientOptions options)
    {
        if (options.WebhookSecrets is { } given)
        {
            var places = given.Select(
                (reference, index) => (reference, options.Names.OfElement(nameof(options.WebhookSecrets), index, reference))
            );
            return new WebhookSecretPlaces(options, [.. places], options.Names.Of(nameof(options.WebhookSecrets), given));
        }

        var (text, setting) =
            (options.ReadsSecretsFromEnvironment ? EnvironmentNames.Find(EnvironmentNames.WebhookSecret, options.EnvLocal) : null)
            ?? ("", EnvironmentNames.WebhookSecret);
        return new WebhookSecretPlaces(options, [.. Split(text, setting)], setting);
    }

    /// <summary>The secrets or references of a setting that holds several, separated by commas, each with how to name it.</summary>
    public static IEnumerable<(SecretReference Reference, string Setting)> Split(string text, string setting)
    {
        var parts = text.Split(',', Parts);
        return parts.Select(
            (part, index) => (new SecretReference(part), parts.Length == 1 ? setting : $"{setting} (number {index + 1} of {parts.Length})")
        );
    }

    /// <summary>What the places hold now.</summary>
    /// <param name="clientMode">The mode of the client's key; null where it is not known.</param>
    /// <exception cref="NodeDataConfigurationException">A place cannot be read, or holds what cannot be used.</exception>
    public WebhookSecret[] Read(KeyMode? clientMode)
    {
        WebhookSecret[] secrets = [.. _places.SelectMany(place => ReadPlace(place.Reference, place.Setting)).Distinct()];
        CheckModes(secrets, clientMode);
        return secrets;
    }

    /// <summary>Refuses secrets of another mode than the one that is expected, or than the client's own.</summary>
    public void CheckModes(ReadOnlySpan<WebhookSecret> secrets, KeyMode? clientMode)
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
                throw OfTheOtherMode(secret, $"{_expectedModeSetting} is {expected}");
            }

            if (clientMode is { } client && mode != client)
            {
                throw OfTheOtherMode(secret, $"the client's key is a {client.ToWord()} key");
            }

            first ??= secret;
            if (first.Mode != mode)
            {
                throw new NodeDataConfigurationException(
                    $"{Setting} holds secrets of both modes ({first.Hint} and {secret.Hint}). Test and live never meet: keep those of one mode."
                );
            }
        }
    }

    public NodeDataConfigurationException Missing() =>
        new(
            $"There is no webhook secret. Set {_whereToPutThem} to the endpoint's secret (whsec_test_… or whsec_live_…) or to where it lies "
                + "(env:NAME, file:PATH); while one is being replaced, to the new one and the old one. The service shows a secret once, when the endpoint is made."
        );

    private IEnumerable<WebhookSecret> ReadPlace(SecretReference? reference, string setting)
    {
        if (reference is null)
        {
            throw new NodeDataConfigurationException($"{setting} is null. Take it out, or put a webhook secret there.");
        }

        var place = SecretReader.PlaceOf(reference, setting);
        var texts = _reader.Read(reference, setting, CancellationToken.None).Split(Separators, Parts);
        return texts.Length == 0
            ? throw new NodeDataConfigurationException($"{place} {WebhookSecretMistake.Of("")}")
            : texts.Select(text => Parse(text, place));
    }

    private WebhookSecret Parse(string text, string place) =>
        WebhookSecret.TryParse(text, out var secret) ? secret
        : ApiKeyFormat.HasPrefix(text, StringComparison.OrdinalIgnoreCase)
            ? throw new NodeDataConfigurationException(
                $"{place} holds an API key (nd_…). Put it in {_whereToPutKeys}; a webhook secret begins with whsec_test_, whsec_live_ or whsec_."
            )
        : throw new NodeDataConfigurationException($"{place} {WebhookSecretMistake.Of(text)}");

    private NodeDataConfigurationException OfTheOtherMode(WebhookSecret secret, string what) =>
        new(
            $"{Setting} holds a {secret.Mode!.Value.ToWord()} secret ({secret.Hint}), and {what}. Test and live never meet: "
                + "give the secret of an endpoint of the client's mode."
        );
}
