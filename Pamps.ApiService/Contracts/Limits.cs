namespace Pamps.ApiService.Contracts;

/// <summary>Limits of user names, e-mail addresses, passwords and profiles.</summary>
public static class AccountLimits
{
    /// <summary>Shortest user name; two letters collide too often with abbreviations.</summary>
    public const int UsernameMin = 3;

    /// <summary>Longest user name, as in Mastodon.</summary>
    public const int UsernameMax = 30;

    /// <summary>Letters a user name may have; upper case is folded to lower case on input.</summary>
    public const string UsernamePattern = "^[A-Za-z0-9_]+$";

    /// <summary>Longest e-mail address that SMTP can carry (RFC 5321 §4.5.3.1.3, less the brackets).</summary>
    public const int EmailMax = 254;

    /// <summary>Shortest password, NIST SP 800-63B.</summary>
    public const int PasswordMin = 8;

    /// <summary>Longest password; NIST asks for at least 64, the bound keeps hashing cheap.</summary>
    public const int PasswordMax = 128;

    /// <summary>What is said of a password that anybody would try.</summary>
    public const string CommonPasswordMessage = "This password is one of the first that anybody would try. Choose another one.";

    /// <summary>Longest display name, in characters.</summary>
    public const int DisplayNameMax = 50;

    /// <summary>Longest biography, in characters.</summary>
    public const int BioMax = 500;

    /// <summary>Longest avatar or profile link.</summary>
    public const int UrlMax = 2000;

    /// <summary>Most links on a profile.</summary>
    public const int LinksMax = 4;
}

/// <summary>Limits of posts and threads.</summary>
public static class PostLimits
{
    /// <summary>Longest text of a post in graphemes (UAX #29); a URL counts <see cref="UrlWeight"/>.</summary>
    public const int TextGraphemes = 500;

    /// <summary>What a URL counts, whatever its length: Mastodon's rule.</summary>
    public const int UrlWeight = 23;

    /// <summary>Characters a text column holds; older clients may store texts this long.</summary>
    public const int TextColumn = 10_000;

    /// <summary>Longest title, in characters.</summary>
    public const int TitleMax = 200;

    /// <summary>Deepest reply: a thread is a conversation, not a linked list.</summary>
    public const int DepthMax = 100;

    /// <summary>Most mentions that notify; more in one text are shown but tell nobody.</summary>
    public const int MentionsMax = 20;

    /// <summary>Most hashtags that are indexed.</summary>
    public const int TagsMax = 30;

    /// <summary>Longest hashtag, in characters.</summary>
    public const int TagMax = 100;
}

/// <summary>Sizes of a page of a list.</summary>
public static class PageLimits
{
    /// <summary>Items on a page when the client does not say.</summary>
    public const int Default = 20;

    /// <summary>Most items on a page; larger values are clamped to this.</summary>
    public const int Max = 40;
}

/// <summary>Limits of comments on outside content.</summary>
public static class CommentLimits
{
    /// <summary>Longest canonical content id, in characters.</summary>
    public const int ContentIdMax = 512;

    /// <summary>Longest comment, in characters.</summary>
    public const int TextMax = 5_000;

    /// <summary>Longest name of a commenter without an account.</summary>
    public const int AuthorNameMax = 80;

    /// <summary>Most content ids in one call for counts.</summary>
    public const int CountsMax = 100;
}

/// <summary>Limits of reports and notes of moderators.</summary>
public static class ReportLimits
{
    /// <summary>Longest note of a reporter or a moderator, in characters.</summary>
    public const int NoteMax = 1_000;
}
