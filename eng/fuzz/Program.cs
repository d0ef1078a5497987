using NodeData.Sdk.Tests.Webhooks.Fuzzing;
using SharpFuzz;

// AFL++ hands over one input after the other; whatever the target throws is a finding.
Fuzzer.OutOfProcess.Run(stream =>
{
    using var input = new MemoryStream();
    stream.CopyTo(input);
    FuzzTarget.Run(input.ToArray());
});
