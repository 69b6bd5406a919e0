using System.Globalization;
using System.Text;

namespace Pamps.Tests.Benchmarks;

/// <summary>A file of debts like those of the real thing: about 100 bytes a row, ids in random order.</summary>
internal static class DebtFile
{
    public static async Task<string> WriteAsync(int rows, int seed)
    {
        var path = Path.Combine(Path.GetTempPath(), $"pamps-debts-{Environment.ProcessId}-{rows}-{seed}.csv");
        var random = new Random(seed);
        var id = new byte[16];
        await using var writer = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16);
        await writer.WriteAsync("name,governmentId,email,debtAmount,debtDueDate,debtId\n");
        for (var i = 0; i < rows; i++)
        {
            random.NextBytes(id);
            await writer.WriteAsync(string.Create(CultureInfo.InvariantCulture,
                $"Devedor {i},{random.NextInt64(10_000_000_000, 99_999_999_999)},devedor{i}@mail.example,{random.Next(1, 1_000_000)}.{random.Next(100):D2},2027-{random.Next(1, 13):D2}-{random.Next(1, 29):D2},{new Guid(id)}\n"));
        }

        return path;
    }
}
