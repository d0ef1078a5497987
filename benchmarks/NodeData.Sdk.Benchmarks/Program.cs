using BenchmarkDotNet.Running;
using NodeData.Sdk.Benchmarks;

if (args is ["ratios"])
{
    VerifyRatios.Print();
    await ReceiverRatios.PrintAsync();
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
