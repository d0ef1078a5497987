using System.Text.Json;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Credentials;

/// <summary>Tests for the sources of a client's key.</summary>
public sealed class SecretReferenceTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("nodedata-tests-").FullName;
    private readonly string _variable = $"NODE_DATA_TEST_{Guid.NewGuid():N}";

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(_variable, null);
        Directory.Delete(_directory, recursive: true);
    }

    [Theory]
    [SyncAndAsync]
    public async Task A_file_is_read_and_trimmed_for_each_attempt(CallStyle callStyle)
    {
        var file = Path.Combine(_directory, "key");
        await File.WriteAllTextAsync(file, "\uFEFF  nd_test_first \r\n", TestContext.Current.CancellationToken);
        await using var server = new ScriptedServer(request =>
        {
            File.WriteAllText(file, "nd_test_second\n");
            return request.Index == 0 ? request.RespondAsync(503, "{}") : request.RespondAsync(200, TestClients.AccountJson);
        });
        using var node = TestClients.Create(server.BaseAddress, key: $"file:{file}");

        await node.GetMe(callStyle);

        Assert.Contains("Bearer nd_test_first\r\n", server.Requests.First().Text, StringComparison.Ordinal);
        Assert.Contains("Bearer nd_test_second\r\n", server.Requests.Last().Text, StringComparison.Ordinal);
    }

    [Theory]
    [SyncAndAsync]
    public async Task A_variable_is_read_for_each_attempt(CallStyle callStyle)
    {
        Environment.SetEnvironmentVariable(_variable, " nd_test_first\n");
        await using var server = new ScriptedServer(request => request.RespondAsync(200, TestClients.AccountJson));
        using var node = TestClients.Create(server.BaseAddress, key: $"env:{_variable}");

        await node.GetMe(callStyle);
        Environment.SetEnvironmentVariable(_variable, "nd_test_second");
        await node.GetMe(callStyle);

        Assert.Contains("Bearer nd_test_first\r\n", server.Requests.First().Text, StringComparison.Ordinal);
        Assert.Contains("Bearer nd_test_second\r\n", server.Requests.Last().Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_a_key_is_reported_with_its_setting_and_without_its_text()
    {
        var file = Path.Combine(_directory, "key");

        Assert.Contains($"the file '{file}' does not exist", GetError($"file:{file}"), StringComparison.Ordinal);
        Assert.Contains("is a directory", GetError($"file:{_directory}"), StringComparison.Ordinal);

        File.WriteAllText(file, "hunter2hunter2");
        var error = GetError($"file:{file}");
        Assert.StartsWith($"NodeClientOptions.ApiKey (file:{file}) is not a Node Data key", error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error, StringComparison.Ordinal);

        File.WriteAllText(file, " \n");
        Assert.Contains("is empty", GetError($"file:{file}"), StringComparison.Ordinal);

        File.WriteAllText(file, new string('x', 5000));
        Assert.Contains("is larger than 4096 bytes", GetError($"file:{file}"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_invalid_key_fails_the_creation_of_the_client()
    {
        Assert.Contains($"the environment variable '{_variable}' is not set", GetError($"env:{_variable}"), StringComparison.Ordinal);
        Assert.Contains("env:NAME", GetError("env:"), StringComparison.Ordinal);
        Assert.Contains("webhook secret", GetError("whsec_test_aaaaaaaaaaaaaaaaaaaa"), StringComparison.Ordinal);

        var unknown = GetError("vault:hunter2");
        Assert.Contains("a reference with an unknown scheme", unknown, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", unknown, StringComparison.Ordinal);
    }

    [Fact]
    public void Printing_the_options_shows_no_secret()
    {
        var options = new NodeClientOptions { ApiKey = TestClients.LiveKey };

        Assert.Equal("nd_live_…1234", options.ApiKey.ToString());
        Assert.DoesNotContain("abcdefgh", JsonSerializer.Serialize(options), StringComparison.Ordinal);
        Assert.Equal("(7 characters)", new SecretReference("hunter2").ToString());
        Assert.Equal("(13 characters)", new SecretReference("vault:hunter2").ToString());
        Assert.Equal("file:/run/secrets/node", new SecretReference(" file:/run/secrets/node ").ToString());
    }

    private static string GetError(string reference) =>
        Assert.Throws<NodeDataConfigurationException>(() => new NodeClient((SecretReference)reference)).Message;
}
