using System.Text;
using NodeData.Cli.Scan.Searching;
using NodeData.Cli.Tests.Doubles;

namespace NodeData.Cli.Tests.Scan.Searching;

public sealed class LineSearchTests
{
    private const int BufferSize = 256 * 1024;

    [Theory]
    [InlineData("key = {0}")]
    [InlineData("\"{0}\"")]
    [InlineData("https://example.com/?key%3D{0}&x")]
    [InlineData("first\\n{0}\\n")]
    [InlineData("\\u003d{0}")]
    [InlineData("{0}...")]
    [InlineData("Bearer {0}…")]
    [InlineData("glued{0}")]
    public void Finds_a_secret_in_any_context(string line)
    {
        var key = TestSecrets.CreateLiveKey();

        var (found, _) = Assert.Single(Find(line.Replace("{0}", key, StringComparison.Ordinal)));

        Assert.Equal(key, found.Secret.Reveal());
        Assert.Equal(1 + line.IndexOf("{0}", StringComparison.Ordinal), found.Column);
    }

    [Theory]
    [InlineData("nd_test_mode, nd_live_client, whsec_short")]
    [InlineData("found_test_2024_data and background_live_feed1")]
    [InlineData("nd_live_ab12cd… nd_live_ab12cd*** nd_test_<key>")]
    [InlineData("nd_live_oldkey1234 nd_test_localdevelopment0001")]
    [InlineData("ND_LIVE_0123456789ABCDEF0123456789")]
    public void Ignores_words_masks_and_placeholders(string line) => Assert.Empty(Find(line));

    [Fact]
    public void Finds_short_keys_that_are_not_words()
    {
        Assert.Equal("test-key", Assert.Single(Find("nd_test_" + "hunter2")).Secret.Secret.Rule.Id);
        Assert.Equal("live-key", Assert.Single(Find("nd_live_" + "abcdefghijklmnop")).Secret.Secret.Rule.Id);
    }

    [Fact]
    public void Splits_adjacent_secrets_and_truncates_one_that_is_too_long()
    {
        var (first, second) = (TestSecrets.CreateLiveKey(), TestSecrets.CreateTestKey());
        Assert.Equal([$"{first}_", second], Find($"{first}_{second}").Select(found => found.Secret.Secret.Reveal()));

        var endless = Assert.Single(Find($"{first}{new string('x', 4096)}")).Secret.Secret;
        Assert.Equal(255, endless.Reveal().Length);
        Assert.Equal("nd_live_…xxxx", endless.Hint);
    }

    [Fact]
    public void Finds_utf_16_of_either_byte_order_and_counts_lines()
    {
        var key = TestSecrets.CreateLiveKey();
        foreach (var encoding in (Encoding[])[Encoding.Unicode, Encoding.BigEndianUnicode])
        {
            var (found, line) = Assert.Single(Find([.. encoding.GetPreamble(), .. encoding.GetBytes($"one\r\nkey=\"{key}\"\r\n")]));
            Assert.Equal((key, 2), (found.Secret.Reveal(), line));
            Assert.Empty(Find(encoding.GetBytes($"{key} # node-data:allow")));
        }
    }

    [Fact]
    public void An_allow_comment_applies_only_to_its_line()
    {
        var (allowed, found) = (TestSecrets.CreateLiveKey(), TestSecrets.CreateLiveKey());
        Assert.Equal(2, Assert.Single(Find($"{allowed} # node-data:allow\n{found}\n")).Line);
    }

    [Fact]
    public void Finds_a_secret_at_a_buffer_boundary_in_a_long_line()
    {
        var key = TestSecrets.CreateLiveKey();
        for (var start = BufferSize - 1200; start < BufferSize + 64; start += 7)
        {
            var line = $"{new string('.', start)}{key}{new string('.', 700_000)}";
            var (found, number) = Assert.Single(Find($"one\n{line}\nthree {key}"), found => found.Line == 2);
            Assert.Equal((key, start + 1, 2), (found.Secret.Reveal(), found.Column, number));
        }
    }

    [Fact]
    public void Finds_the_allow_comment_anywhere_in_a_long_line()
    {
        var key = TestSecrets.CreateLiveKey();
        Assert.Empty(Find($"{key}{new string('.', 2 * BufferSize)} node-data:allow"));
        Assert.Single(Find($"{key}{new string('.', 2 * BufferSize)}\nnode-data:allow"));
    }

    private static List<(SecretInLine Secret, int Line)> Find(string text) => Find(Encoding.UTF8.GetBytes(text));

    private static List<(SecretInLine Secret, int Line)> Find(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return new StreamSearch(stream).Find(TestContext.Current.CancellationToken);
    }
}
