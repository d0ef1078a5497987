using System.Text;
using NodeData.Emulator.Tests.Doubles;
using NodeData.Sdk;

namespace NodeData.Emulator.Tests.Storage;

public sealed class DataFileTests
{
    [Fact]
    public async Task No_file_contains_the_text_of_a_key()
    {
        using var directory = new TemporaryDirectory();
        await using var client = await EmulatorClient.StartAsync(new EmulatorOptions { DataPath = directory.File("data.db") });
        var texts = new List<string> { client.TestKey, client.LiveKey };
        for (var i = 0; i < 10; i++)
        {
            var headers = i % 2 == 0 ? [] : new[] { ("Idempotency-Key", $"key-{i}") };
            texts.Add((await client.Send("POST", "/v1/keys", """{"name":"findable","mode":"test"}""", null, headers)).Member("secret")!);
        }

        await client.Send("POST", "/v1/keys/revoke", $$"""{"key":"{{texts[^1]}}"}""", null, ("Idempotency-Key", "revoke"));
        AssertFilesContain(directory, texts, "findable");
        await client.Emulator.DisposeAsync();

        AssertFilesContain(directory, texts, "findable");
    }

    [Fact]
    public async Task Only_the_owner_can_access_the_files()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        using var directory = new TemporaryDirectory();
        await using var client = await EmulatorClient.StartAsync(new EmulatorOptions { DataPath = directory.File("data.db") });
        await client.Create();

        var files = Directory.GetFiles(directory.Path);
        Assert.NotEmpty(files);
#pragma warning disable CA1416 // Skipped on Windows.
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
#pragma warning restore CA1416
    }

    [Fact]
    public async Task Keys_exist_after_a_restart()
    {
        using var directory = new TemporaryDirectory();
        var options = new EmulatorOptions { DataPath = directory.File("data.db"), Keys = [ApiKey.Parse("nd_test_restarted00000001")] };
        string key;
        string[] names;
        await using (var client = await EmulatorClient.StartAsync(options))
        {
            key = (await client.Create()).Member("secret")!;
            await client.Send("GET", "/v1/me", key: key);
            names = await client.ListKeyNames();
        }

        await using var restarted = await EmulatorClient.StartAsync(options);

        Assert.Equal(names, await restarted.ListKeyNames());
        Assert.NotNull((await restarted.Send("GET", "/v1/keys?limit=1")).Items[0].GetProperty("last_used_at").GetString());
        Assert.Equal(200, (await restarted.Send("GET", "/v1/me", key: key)).Status);
    }

    // The text that must be found proves that the search works.
    private static void AssertFilesContain(TemporaryDirectory directory, List<string> absent, string present)
    {
        var found = string.Concat(Directory.GetFiles(directory.Path).Select(Read));
        Assert.Contains(present, found, StringComparison.Ordinal);
        Assert.All(absent, text => Assert.DoesNotContain(text[8..], found, StringComparison.Ordinal));

        static string Read(string file)
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            return reader.ReadToEnd();
        }
    }
}
