namespace NodeData.Cli.Programs;

/// <summary>Finds a program on the PATH. Starting a bare name would also find a program in the working directory.</summary>
internal static class ProgramOnPath
{
    /// <summary>Returns the full path of the first match on the PATH; null if there is none.</summary>
    /// <param name="name">The program's name, without a suffix.</param>
    /// <param name="windowsSuffixes">The possible suffixes on Windows, the preferred one first.</param>
    public static string? Find(string name, params string[] windowsSuffixes) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathFullyQualified)
            .SelectMany(folder =>
                (OperatingSystem.IsWindows() ? windowsSuffixes : [""]).Select(suffix => Path.Combine(folder, name + suffix))
            )
            .FirstOrDefault(File.Exists);
}
