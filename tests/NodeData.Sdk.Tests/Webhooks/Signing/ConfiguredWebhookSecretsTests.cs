using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using NodeData.Sdk.Webhooks.Signing;
using static NodeData.Sdk.Tests.Webhooks.Signing.Delivery;

namespace NodeData.Sdk.Tests.Webhooks.Signing;

public sealed class ConfiguredWebhookSecretsTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly string _directory = Directory.CreateTempSubdirectory("nodedata-tests-").FullName;
    private readonly FakeTimeProvider _clock = new(Moment);
    private readonly FakeLogger _log = new();

    private string SecretFile => Path.Combine(_directory, "secret");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_new_secret_in_a_file_is_taken_within_a_second_of_use()
    {
        Put(Secret);
        using var secrets = FromFile();
        Assert.True(IsValid(secrets, Secret));

        Put($"{OtherSecret}\n{Secret}\n");
        Assert.False(IsValid(secrets, OtherSecret));
        _clock.Advance(Second);
        Assert.True(IsValid(secrets, OtherSecret));
        Assert.True(IsValid(secrets, Secret));

        Put(OtherSecret);
        _clock.Advance(Second);
        Assert.False(IsValid(secrets, Secret));
        Assert.True(IsValid(secrets, OtherSecret));
    }

    [Fact]
    public void The_same_secrets_keep_their_verifier()
    {
        Put(Secret);
        using var secrets = FromFile();
        var first = secrets.Verifier;

        Put($"{Secret}\n");
        _clock.Advance(Second);

        Assert.Same(first, secrets.Verifier);
    }

    [Fact]
    public void A_change_that_cannot_be_used_keeps_the_last_good_secrets_is_logged_once_and_passes()
    {
        Put(Secret);
        using var secrets = FromFile();
        foreach (var wrong in new[] { "", LiveSecret, "nd_test_abcdefghijklmnopqrst1234" })
        {
            Put(wrong);
            _clock.Advance(Second);
            Assert.True(IsValid(secrets, Secret));
            _clock.Advance(Second);
            Assert.True(IsValid(secrets, Secret));

            var logged = Assert.Single(_log.Collector.GetSnapshot());
            Assert.Equal(1, logged.Id.Id);
            Assert.Contains($"NodeClientOptions.WebhookSecrets", logged.Message, StringComparison.Ordinal);
            Assert.Contains(secrets.RefusedChange!, logged.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("abcdefgh", logged.Message, StringComparison.Ordinal);
            _log.Collector.Clear();
        }

        File.Delete(SecretFile);
        _clock.Advance(Second);
        Assert.True(IsValid(secrets, Secret));
        Assert.Contains("there is no file", secrets.RefusedChange, StringComparison.Ordinal);

        Put(OtherSecret);
        _clock.Advance(Second);
        Assert.True(IsValid(secrets, OtherSecret));
        Assert.Null(secrets.RefusedChange);
    }

    [Fact]
    public void Once_disposed_of_no_change_brings_them_back()
    {
        Put(Secret);
        var secrets = FromFile();
        secrets.Dispose();

        Put(OtherSecret);
        _clock.Advance(Second);

        Assert.Throws<ObjectDisposedException>(() => IsValid(secrets, OtherSecret));
        Assert.Throws<ObjectDisposedException>(() => secrets.Change(Options(OtherSecret)));
    }

    [Fact]
    public void Without_a_secret_the_cure_is_told()
    {
        using var secrets = Of(new NodeClientOptions { WebhookSecrets = [] });

        Assert.False(secrets.AreThere);
        var error = Assert.Throws<NodeDataConfigurationException>(() => secrets.Verifier);
        Assert.Contains("NODE_DATA_WEBHOOK_SECRET or NodeClientOptions.WebhookSecrets", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_turns_out_to_be_of_the_other_mode_is_noticed_before_anything_is_verified()
    {
        KeyMode? mode = null;
        using var secrets = new ConfiguredWebhookSecrets(Options(Secret), () => mode, _log);
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
    public void Other_options_are_taken_and_bad_or_empty_ones_are_refused()
    {
        using var secrets = Of(Options(Secret));

        secrets.Change(Options(OtherSecret));
        Assert.True(IsValid(secrets, OtherSecret));

        Assert.Throws<NodeDataConfigurationException>(() => secrets.Change(Options(LiveSecret)));
        var emptied = Assert.Throws<NodeDataConfigurationException>(() => secrets.Change(Options()));
        Assert.Contains("no delivery could be verified", emptied.Message, StringComparison.Ordinal);
        Assert.True(IsValid(secrets, OtherSecret));
    }

    [Fact]
    public void No_delivery_fails_while_the_secrets_are_replaced_again_and_again()
    {
        using var secrets = Of(Options(Secret));
        using var over = new CancellationTokenSource();
        var header = Header(Secret);
        var receivers = Enumerable.Range(0, 4).Select(_ => Task.Run(ReceiveUntilOver)).ToArray();

        for (var i = 0; i < 2_000; i++)
        {
            secrets.Change(i % 2 == 0 ? Options(OtherSecret, Secret) : Options(Secret));
        }

        over.Cancel();
        Assert.All(receivers, receiver => Assert.True(receiver.GetAwaiter().GetResult()));

        bool ReceiveUntilOver()
        {
            var allValid = true;
            do
            {
                allValid &= secrets.Verifier.Verify(Body, header).IsValid;
            } while (!over.IsCancellationRequested);

            return allValid;
        }
    }

    private static bool IsValid(ConfiguredWebhookSecrets secrets, string secret) => secrets.Verifier.Verify(Body, Header(secret)).IsValid;

    private NodeClientOptions Options(params string[] secrets) =>
        new() { WebhookSecrets = [.. secrets.Select(secret => new SecretReference(secret))], TimeProvider = _clock };

    private ConfiguredWebhookSecrets Of(NodeClientOptions options) => new(options, () => KeyMode.Test, _log);

    private ConfiguredWebhookSecrets FromFile() => Of(Options($"file:{SecretFile}"));

    private void Put(string text) => File.WriteAllText(SecretFile, text);
}
