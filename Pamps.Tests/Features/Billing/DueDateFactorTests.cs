using System.Globalization;
using Pamps.ApiService.Features.Billing;

namespace Pamps.Tests.Features.Billing;

/// <summary>The published table, its restart in 2025, and the window in which a factor is read.</summary>
public sealed class DueDateFactorTests
{
    [Theory]
    [InlineData("2000-07-03", 1000)]
    [InlineData("2000-07-05", 1002)]
    [InlineData("2002-05-01", 1667)]
    [InlineData("2010-11-17", 4789)]
    [InlineData("2025-02-21", 9999)]
    [InlineData("2025-02-22", 1000)]
    [InlineData("2025-02-23", 1001)]
    [InlineData("2026-12-21", 1667)]
    [InlineData("2049-10-13", 9999)]
    [InlineData("2049-10-14", 1000)]
    public void A_date_has_its_published_factor(string date, int factor) => Assert.Equal(factor, DueDateFactor.Encode(Date(date)));

    [Theory]
    [InlineData(1667, "2002-05-01", "2002-05-01")]
    [InlineData(1667, "2010-07-18", "2002-05-01")]
    [InlineData(1667, "2010-07-19", null)]
    [InlineData(1667, "2011-11-29", null)]
    [InlineData(1667, "2011-11-30", "2026-12-21")]
    [InlineData(1667, "2035-03-09", "2026-12-21")]
    [InlineData(1667, "2035-03-10", null)]
    [InlineData(999, "2026-01-01", null)]
    [InlineData(10000, "2026-01-01", null)]
    public void A_factor_means_the_one_date_in_the_window_of_the_reader(int factor, string today, string? due) =>
        Assert.Equal(due is null ? null : Date(due), DueDateFactor.Decode(factor, Date(today)));

    [Fact]
    public void Every_date_in_the_window_is_read_back_and_none_outside()
    {
        foreach (var today in (DateOnly[])[Date("2000-07-03"), Date("2024-11-01"), Date("2026-11-21"), Date("2049-10-14"), Date("9990-01-01")])
        {
            for (var days = -3010; days <= 5510; days++)
            {
                if (today.DayNumber + days > DateOnly.MaxValue.DayNumber || today.AddDays(days) < DueDateFactor.Epoch)
                {
                    continue;
                }

                var due = today.AddDays(days);
                var readable = days is >= -3000 and <= 5500;
                Assert.Equal(readable, DueDateFactor.IsReadable(due, today));
                Assert.Equal(readable, DueDateFactor.Decode(DueDateFactor.Encode(due), today) == due);
            }
        }
    }

    [Fact]
    public void A_date_before_the_table_has_no_factor() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => DueDateFactor.Encode(new DateOnly(2000, 7, 2)));

    private static DateOnly Date(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);
}
