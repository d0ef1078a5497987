using System.Text;
using Microsoft.Data.Sqlite;
using NodeData.Emulator.Tests.Doubles;
using NodeData.Sdk;

namespace NodeData.Emulator.Tests.Storage;

public sealed class DataFileTests
{
    [Fact]
    public async Task No_file_holds_the_text_of_a_key()
    {
        using var directory = new TemporaryDirectory();
        await using var wire = await Wire.OpenAsync(new EmulatorOptions { DataPath = directory.File("data.db") });
        var texts = new List<string> { wire.TestKey, wire.LiveKey };
        for (var i = 0; i < 10; i++)
        {
            var headers = i % 2 == 0 ? [] : new[] { ("Idempotency-Key", $"key-{i}") };
            texts.Add((await wire.Send("POST", "/v1/keys", """{"name":"findable","mode":"test"}""", null, headers)).Member("secret")!);
        }

        await wire.Send("POST", "/v1/keys/revoke", $$"""{"key":"{{texts[^1]}}"}""", null, ("Idempotency-Key", "revoke"));
        FilesHold(directory, texts, "findable");
        await wire.Emulator.DisposeAsync();

        FilesHold(directory, texts, "findable");
    }

    [Fact]
    public async Task The_files_are_for_their_owner_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        using var directory = new TemporaryDirectory();
        await using var wire = await Wire.OpenAsync(new EmulatorOptions { DataPath = directory.File("data.db") });
        await wire.Create();

        var files = Directory.GetFiles(directory.Path);
        Assert.NotEmpty(files);
#pragma warning disable CA1416 // Skipped on Windows.
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
#pragma warning restore CA1416
    }

    [Fact]
    public async Task Keys_are_there_after_a_restart()
    {
        using var directory = new TemporaryDirectory();
        var options = new EmulatorOptions { DataPath = directory.File("data.db"), Keys = [ApiKey.Parse("nd_test_restarted00000001")] };
        string key;
        string[] names;
        await using (var wire = await Wire.OpenAsync(options))
        {
            key = (await wire.Create()).Member("secret")!;
            await wire.Send("GET", "/v1/me", key: key);
            names = await wire.Names();
        }

        await using var restarted = await Wire.OpenAsync(options);

        Assert.Equal(names, await restarted.Names());
        Assert.NotNull((await restarted.Send("GET", "/v1/keys?limit=1")).Items[0].GetProperty("last_used_at").GetString());
        Assert.Equal(200, (await restarted.Send("GET", "/v1/me", key: key)).Status);
    }

    [Fact]
    public async Task A_file_in_use_is_refused_and_its_emulator_goes_on()
    {
        using var directory = new TemporaryDirectory();
        var options = new EmulatorOptions { DataPath = directory.File("data.db") };
        await using var wire = await Wire.OpenAsync(options);

        var failure = await Assert.ThrowsAsync<EmulatorStartException>(() => Wire.OpenAsync(options));

        Assert.Contains("in use", failure.Message, StringComparison.Ordinal);
        await wire.Create();
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_stays_as_it_was()
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(
            directory.File("notes.txt"),
            string.Concat(Enumerable.Repeat("notes\n", 200)),
            TestContext.Current.CancellationToken
        );

        await IsRefusedUntouched(directory, "notes.txt");
    }

    [Fact]
    public async Task A_database_of_another_program_is_refused_and_stays_as_it_was()
    {
        using var directory = new TemporaryDirectory();
        await using (var connection = new SqliteConnection($"Data Source={directory.File("other.db")};Pooling=false"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE theirs (a); INSERT INTO theirs VALUES (1)";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await IsRefusedUntouched(directory, "other.db");
    }

    [Fact]
    public async Task A_seeded_id_that_another_key_in_the_file_has_is_refused()
    {
        using var directory = new TemporaryDirectory();
        await using (await Wire.OpenAsync(Seeded("nd_test_a"))) { }

        var failure = await Assert.ThrowsAsync<EmulatorStartException>(() => Wire.OpenAsync(Seeded("nd_test_b")));

        Assert.Contains("id of the seed", failure.Message, StringComparison.Ordinal);
        await using var again = await Wire.OpenAsync(Seeded("nd_test_a"));

        EmulatorOptions Seeded(string key) =>
            new() { DataPath = directory.File("data.db"), Seed = $$"""{"keys":[{"key":"{{key}}","id":"key_ci"}]}""" };
    }

    [Fact]
    public async Task A_path_that_cannot_be_written_is_refused()
    {
        using var directory = new TemporaryDirectory();

        await Assert.ThrowsAsync<EmulatorStartException>(() =>
            Wire.OpenAsync(new EmulatorOptions { DataPath = directory.File("no/data.db") })
        );
        await Assert.ThrowsAsync<EmulatorStartException>(() => Wire.OpenAsync(new EmulatorOptions { DataPath = directory.Path }));
    }

    private static async Task IsRefusedUntouched(TemporaryDirectory directory, string name)
    {
        var path = directory.File(name);
        var (bytes, mode) = (
            await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken),
            OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path)
        );

        var failure = await Assert.ThrowsAsync<EmulatorStartException>(() => Wire.OpenAsync(new EmulatorOptions { DataPath = path }));

        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
        Assert.Equal([path], Directory.GetFiles(directory.Path));
        Assert.Equal(mode, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path));
    }

    // What can be found shows that the search finds.
    private static void FilesHold(TemporaryDirectory directory, List<string> nowhere, string somewhere)
    {
        var found = string.Concat(Directory.GetFiles(directory.Path).Select(Read));
        Assert.Contains(somewhere, found, StringComparison.Ordinal);
        Assert.All(nowhere, text => Assert.DoesNotContain(text[8..], found, StringComparison.Ordinal));

        static string Read(string file)
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            return reader.ReadToEnd();
        }
    }
}
