using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using NodeData.Sdk.Webhooks.Signing;
using static NodeData.Sdk.Tests.Webhooks.Signing.SignatureTestData;

namespace NodeData.Sdk.Tests.Webhooks.Signing;

public sealed class ConfiguredWebhookSecretsTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly string _directory = Directory.CreateTempSubdirectory("nodedata-tests-").FullName;
    private readonly FakeTimeProvider _clock = new(SignedAt);
    private readonly FakeLogger _logger = new();

    private string SecretFile => Path.Combine(_directory, "secret");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_new_secret_in_a_file_is_used_within_a_second()
    {
        WriteSecretFile(Secret);
        using var secrets = CreateFromFile();
        Assert.True(IsValid(secrets, Secret));

        WriteSecretFile($"{OtherSecret}\n{Secret}\n");
        Assert.False(IsValid(secrets, OtherSecret));
        _clock.Advance(Second);
        Assert.True(IsValid(secrets, OtherSecret));
        Assert.True(IsValid(secrets, Secret));

        WriteSecretFile(OtherSecret);
        _clock.Advance(Second);
        Assert.False(IsValid(secrets, Secret));
        Assert.True(IsValid(secrets, OtherSecret));
    }

    [Fact]
    public void Unchanged_secrets_keep_their_verifier()
    {
        WriteSecretFile(Secret);
        using var secrets = CreateFromFile();
        var first = secrets.Verifier;

        WriteSecretFile($"{Secret}\n");
        _clock.Advance(Second);

        Assert.Same(first, secrets.Verifier);
    }

    [Fact]
    public void An_invalid_change_is_logged_once_and_keeps_the_last_valid_secrets()
    {
        WriteSecretFile(Secret);
        using var secrets = CreateFromFile();
        foreach (var invalid in new[] { "", LiveSecret, "nd_test_abcdefghijklmnopqrst1234" })
        {
            WriteSecretFile(invalid);
            _clock.Advance(Second);
            Assert.True(IsValid(secrets, Secret));
            _clock.Advance(Second);
            Assert.True(IsValid(secrets, Secret));

            var logged = Assert.Single(_logger.Collector.GetSnapshot());
            Assert.Equal(1, logged.Id.Id);
            Assert.Contains($"NodeClientOptions.WebhookSecrets", logged.Message, StringComparison.Ordinal);
            Assert.Contains(secrets.RejectedChange!, logged.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("abcdefgh", logged.Message, StringComparison.Ordinal);
            _logger.Collector.Clear();
        }

        File.Delete(SecretFile);
        _clock.Advance(Second);
        Assert.True(IsValid(secrets, Secret));
        Assert.Contains("does not exist", secrets.RejectedChange, StringComparison.Ordinal);

        WriteSecretFile(OtherSecret);
        _clock.Advance(Second);
        Assert.True(IsValid(secrets, OtherSecret));
        Assert.Null(secrets.RejectedChange);
    }

    [Fact]
    public void Disposed_secrets_throw_even_after_a_change()
    {
        WriteSecretFile(Secret);
        var secrets = CreateFromFile();
        secrets.Dispose();

        WriteSecretFile(OtherSecret);
        _clock.Advance(Second);

        Assert.Throws<ObjectDisposedException>(() => IsValid(secrets, OtherSecret));
        Assert.Throws<ObjectDisposedException>(() => secrets.Update(CreateOptions(OtherSecret)));
    }

    [Fact]
    public void A_missing_secret_is_reported_with_a_remedy()
    {
        using var secrets = CreateSecrets(new NodeClientOptions { WebhookSecrets = [] });

        Assert.False(secrets.HasSecrets);
        var error = Assert.Throws<NodeDataConfigurationException>(() => secrets.Verifier);
        Assert.Contains("NODE_DATA_WEBHOOK_SECRET or NodeClientOptions.WebhookSecrets", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_of_a_different_mode_is_detected_before_verification()
    {
        KeyMode? mode = null;
        using var secrets = new ConfiguredWebhookSecrets(CreateOptions(Secret), () => mode, _logger);
        Assert.True(IsValid(secrets, Secret));

        mode = KeyMode.Live;

        var error = Assert.Throws<NodeDataConfigurationException>(() => secrets.Verifier);
        Assert.Contains(
            "holds a test secret (whsec_test_…cdef), and the client's key is a live key",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Valid_options_are_applied_and_invalid_or_empty_ones_are_rejected()
    {
        using var secrets = CreateSecrets(CreateOptions(Secret));

        secrets.Update(CreateOptions(OtherSecret));
        Assert.True(IsValid(secrets, OtherSecret));

        Assert.Throws<NodeDataConfigurationException>(() => secrets.Update(CreateOptions(LiveSecret)));
        var exception = Assert.Throws<NodeDataConfigurationException>(() => secrets.Update(CreateOptions()));
        Assert.Contains("no delivery could be verified", exception.Message, StringComparison.Ordinal);
        Assert.True(IsValid(secrets, OtherSecret));
    }

    [Fact]
    public void Verification_never_fails_while_the_secrets_are_replaced_repeatedly()
    {
        using var secrets = CreateSecrets(CreateOptions(Secret));
        using var stop = new CancellationTokenSource();
        var header = CreateHeader(Secret);
        var receivers = Enumerable.Range(0, 4).Select(_ => Task.Run(VerifyUntilStopped)).ToArray();

        for (var i = 0; i < 2_000; i++)
        {
            secrets.Update(i % 2 == 0 ? CreateOptions(OtherSecret, Secret) : CreateOptions(Secret));
        }

        stop.Cancel();
        Assert.All(receivers, receiver => Assert.True(receiver.GetAwaiter().GetResult()));

        bool VerifyUntilStopped()
        {
            var allValid = true;
            do
            {
                allValid &= secrets.Verifier.Verify(Body, header).IsValid;
            } while (!stop.IsCancellationRequested);

            return allValid;
        }
    }

    private static bool IsValid(ConfiguredWebhookSecrets secrets, string secret) =>
        secrets.Verifier.Verify(Body, CreateHeader(secret)).IsValid;

    private NodeClientOptions CreateOptions(params string[] secrets) =>
        new() { WebhookSecrets = [.. secrets.Select(secret => new SecretReference(secret))], TimeProvider = _clock };

    private ConfiguredWebhookSecrets CreateSecrets(NodeClientOptions options) => new(options, () => KeyMode.Test, _logger);

    private ConfiguredWebhookSecrets CreateFromFile() => CreateSecrets(CreateOptions($"file:{SecretFile}"));

    private void WriteSecretFile(string text) => File.WriteAllText(SecretFile, text);
}
