using Microsoft.Data.Sqlite;
using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Storage;

public sealed class RefusedFileTests
{
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
}
