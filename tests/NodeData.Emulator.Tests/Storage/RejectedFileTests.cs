using Microsoft.Data.Sqlite;
using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Storage;

public sealed class RejectedFileTests
{
    [Fact]
    public async Task A_file_in_use_is_rejected_and_its_emulator_keeps_running()
    {
        using var directory = new TemporaryDirectory();
        var options = new EmulatorOptions { DataPath = directory.File("data.db") };
        await using var client = await EmulatorClient.StartAsync(options);

        var failure = await Assert.ThrowsAsync<EmulatorStartException>(() => EmulatorClient.StartAsync(options));

        Assert.Contains("in use", failure.Message, StringComparison.Ordinal);
        await client.Create();
    }

    [Fact]
    public async Task A_file_that_is_not_a_database_is_rejected_and_unchanged()
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(
            directory.File("notes.txt"),
            string.Concat(Enumerable.Repeat("notes\n", 200)),
            TestContext.Current.CancellationToken
        );

        await AssertRejectedUnchanged(directory, "notes.txt");
    }

    [Fact]
    public async Task A_database_of_another_program_is_rejected_and_unchanged()
    {
        using var directory = new TemporaryDirectory();
        await using (var connection = new SqliteConnection($"Data Source={directory.File("other.db")};Pooling=false"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE theirs (a); INSERT INTO theirs VALUES (1)";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await AssertRejectedUnchanged(directory, "other.db");
    }

    [Fact]
    public async Task A_seeded_id_of_another_key_in_the_file_is_rejected()
    {
        using var directory = new TemporaryDirectory();
        await using (await EmulatorClient.StartAsync(Seeded("nd_test_a"))) { }

        var failure = await Assert.ThrowsAsync<EmulatorStartException>(() => EmulatorClient.StartAsync(Seeded("nd_test_b")));

        Assert.Contains("id of the seed", failure.Message, StringComparison.Ordinal);
        await using var again = await EmulatorClient.StartAsync(Seeded("nd_test_a"));

        EmulatorOptions Seeded(string key) =>
            new() { DataPath = directory.File("data.db"), Seed = $$"""{"keys":[{"key":"{{key}}","id":"key_ci"}]}""" };
    }

    [Fact]
    public async Task A_path_that_cannot_be_written_is_rejected()
    {
        using var directory = new TemporaryDirectory();

        await Assert.ThrowsAsync<EmulatorStartException>(() =>
            EmulatorClient.StartAsync(new EmulatorOptions { DataPath = directory.File("no/data.db") })
        );
        await Assert.ThrowsAsync<EmulatorStartException>(() =>
            EmulatorClient.StartAsync(new EmulatorOptions { DataPath = directory.Path })
        );
    }

    private static async Task AssertRejectedUnchanged(TemporaryDirectory directory, string name)
    {
        var path = directory.File(name);
        var (bytes, mode) = (
            await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken),
            OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path)
        );

        var failure = await Assert.ThrowsAsync<EmulatorStartException>(() =>
            EmulatorClient.StartAsync(new EmulatorOptions { DataPath = path })
        );

        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
        Assert.Equal([path], Directory.GetFiles(directory.Path));
        Assert.Equal(mode, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path));
    }
}
