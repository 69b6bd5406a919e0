using System.Globalization;
using System.Text.RegularExpressions;

namespace Pamps.ApiService.Http;

/// <summary>
/// The sentences in problem documents, in Brazilian Portuguese. Handlers write English, which is also what programs log;
/// <see cref="ProblemWriter"/> looks the sentence up here for who asks for Portuguese. <c>{0}</c> and so on stand for what
/// differs from time to time. A test holds every sentence of the program against this table.
/// </summary>
internal static class PortugueseMessages
{
    private static readonly Dictionary<string, string> Sentences = new(StringComparer.Ordinal)
    {
        // Of validation attributes, as the framework words them.
        ["The {0} field is required."] = "O campo {0} é obrigatório.",
        ["The field {0} must be a string with a maximum length of {1}."] = "O campo {0} deve ter no máximo {1} caracteres.",
        ["The field {0} must be a string with a minimum length of {1} and a maximum length of {2}."] = "O campo {0} deve ter de {1} a {2} caracteres.",
        ["The field {0} must be a string or array type with a maximum length of '{1}'."] = "O campo {0} deve ter no máximo {1} itens ou caracteres.",
        ["The field {0} must be a string or array type with a minimum length of '{1}'."] = "O campo {0} deve ter no mínimo {1} itens ou caracteres.",
        ["The field {0} must be a string or collection type with a minimum length of '{1}' and maximum length of '{2}'."] = "O campo {0} deve ter de {1} a {2} itens ou caracteres.",
        ["The field {0} must be between {1} and {2}."] = "O campo {0} deve estar entre {1} e {2}.",
        ["The field {0} must match the regular expression '{1}'."] = "O campo {0} deve ter a forma '{1}'.",
        ["The {0} field is not a valid e-mail address."] = "O campo {0} não é um e-mail válido.",

        // Of requests as such.
        ["The body is not valid JSON."] = "O corpo não é um JSON válido.",
        ["The JSON body cannot be read at {0}."] = "O corpo JSON não pôde ser lido em {0}.",
        ["The request holds characters or numbers that cannot be stored."] = "A requisição contém caracteres ou números que não podem ser guardados.",
        ["Use a cursor as it was answered by this list, and not together with max_id, since_id or min_id, which are ids."] = "Use o cursor como esta lista o devolveu, e não junto com max_id, since_id ou min_id, que são ids.",
        ["Read the resource again, merge, and repeat with its new version."] = "Leia o recurso de novo, junte as mudanças e repita com a nova versão.",
        ["Idempotency-Key must be 1 to 255 printable ASCII characters without blanks."] = "Idempotency-Key deve ter de 1 a 255 caracteres ASCII imprimíveis, sem espaços.",
        ["The key was used with another request. Use a new key for each request, and the same key only to repeat one."] = "A chave foi usada com outra requisição. Use uma chave nova para cada requisição, e a mesma só para repetir uma.",
        ["The credentials need the scope {0}."] = "As credenciais precisam do escopo {0}.",
        ["An API key cannot do this; sign in with a password."] = "Uma chave de API não pode fazer isto; entre com uma senha.",
        ["Only the pages of this server may ask for this."] = "Só as páginas deste servidor podem pedir isto.",

        // Of sign-in.
        ["The user name or the password is not right."] = "O nome de usuário ou a senha não está certo.",
        ["The refresh token is not valid any more."] = "O refresh token não vale mais.",
        ["Ask for scopes that exist and that the account may have."] = "Peça escopos que existem e que a conta pode ter.",
        ["Use password or refresh_token."] = "Use password ou refresh_token.",
        ["The account is suspended."] = "A conta está suspensa.",
        ["Too many sign-ins with this name."] = "Tentativas de acesso demais com este nome.",
        ["Send username and password."] = "Envie username e password.",
        ["Send refresh_token."] = "Envie refresh_token.",
        ["Send grant_type."] = "Envie grant_type.",
        ["Send token."] = "Envie token.",
        ["Enter user name and password."] = "Digite o nome de usuário e a senha.",

        // Of accounts, keys and relations.
        ["This password is one of the first that anybody would try. Choose another one."] = "Esta senha é uma das primeiras que alguém tentaria. Escolha outra.",
        ["This name is reserved."] = "Este nome é reservado.",
        ["Give an e-mail address such as ana@example.org, of at most 254 characters."] = "Informe um e-mail como ana@example.org, de no máximo 254 caracteres.",
        ["Control characters and changes of the writing direction are not allowed."] = "Caracteres de controle e mudanças da direção da escrita não são aceitos.",
        ["Give a complete http or https address."] = "Informe um endereço http ou https completo.",
        ["A name to show must not be blank."] = "O nome de exibição não pode ficar em branco.",
        ["One of {0}."] = "Um destes: {0}.",
        ["The present password is not right."] = "A senha atual não está certa.",
        ["An API key cannot change the e-mail address; sign in with a password."] = "Uma chave de API não pode mudar o e-mail; entre com uma senha.",
        ["One export a day."] = "Uma exportação por dia.",
        ["The export is {0}."] = "A exportação está no estado {0}.",
        ["A name must have letters, and no control characters."] = "O nome deve ter letras e nenhum caractere de controle.",
        ["The scope {0} does not exist, or you do not have it yourself."] = "O escopo {0} não existe, ou você mesmo não o tem.",
        ["Give a time in the future, or none."] = "Informe um instante no futuro, ou nenhum.",
        ["You have {0} keys. Revoke one first."] = "Você tem {0} chaves. Revogue uma antes.",
        ["Must be another account: one's own posts are in one's home feed anyway."] = "Deve ser outra conta: as próprias publicações já estão no seu início.",
        ["Must be another account."] = "Deve ser outra conta.",
        ["Must be 1 to {0} ids of accounts."] = "Devem ser de 1 a {0} ids de contas.",

        // Of posts, feeds and search.
        ["Must be valid Unicode without control characters."] = "Deve ser Unicode válido, sem caracteres de controle.",
        ["Must be valid Unicode."] = "Deve ser Unicode válido.",
        ["Must not be blank."] = "Não pode ficar em branco.",
        ["Must have at most {0} characters (a link counts {1}); it has {2}."] = "Deve ter no máximo {0} caracteres (um link conta {1}); tem {2}.",
        ["Must have at most {0} UTF-16 units."] = "Deve ter no máximo {0} unidades UTF-16.",
        ["Must be one line of at most {0} characters of valid Unicode."] = "Deve ser uma linha de no máximo {0} caracteres de Unicode válido.",
        ["Must be a language tag of BCP 47, such as pt-BR."] = "Deve ser um idioma segundo a BCP 47, como pt-BR.",
        ["Must be the id of a post."] = "Deve ser o id de uma publicação.",
        ["The thread is at its greatest depth, {0}."] = "A conversa já está na maior profundidade, {0}.",
        ["Must be an id."] = "Deve ser um id.",
        ["Must be at most {0} characters of valid Unicode."] = "Deve ter no máximo {0} caracteres de Unicode válido.",
        ["Must be a day or an instant, such as 2026-01-31."] = "Deve ser um dia ou um instante, como 2026-01-31.",
        ["Must say what to look for."] = "Deve dizer o que procurar.",
        ["Must be posts, accounts or tags."] = "Deve ser posts, accounts ou tags.",
        ["Must be up to ten of home, public, notifications, tag:name, imports, import:id."] = "Devem ser até dez entre home, public, notifications, tag:nome, imports, import:id.",
        ["At most {0} streams at a time."] = "No máximo {0} conexões ao vivo ao mesmo tempo.",
        ["Give either upToId or ids."] = "Informe upToId ou ids.",
        ["Must be the id of a notification."] = "Deve ser o id de uma notificação.",
        ["Must be ids of notifications."] = "Devem ser ids de notificações.",
        ["Must be some of follow, mention, reply, like, report, import, warning, separated by commas."] = "Devem ser alguns entre follow, mention, reply, like, report, import, warning, separados por vírgulas.",

        // Of comments.
        ["A content id has 1 to {0} characters in its canonical form and no control characters."] = "O id de um conteúdo tem de 1 a {0} caracteres na forma canônica e nenhum caractere de controle.",
        ["The text must hold a visible character, no control characters, and be valid Unicode."] = "O texto deve ter um caractere visível, nenhum de controle, e ser Unicode válido.",
        ["This site takes comments from accounts only."] = "Este site só aceita comentários de contas.",
        ["The id of a comment is a number."] = "O id de um comentário é um número.",
        ["A signed-in account comments under its own name; only guests and API keys of sites give another."] = "Quem entrou comenta com o próprio nome; só visitantes e chaves de API de sites informam outro.",
        ["The name must hold a visible character and no control characters."] = "O nome deve ter um caractere visível e nenhum de controle.",
        ["Guests give their name."] = "Visitantes informam o nome.",
        ["Guests give their e-mail address; it is never shown."] = "Visitantes informam o e-mail; ele nunca é mostrado.",
        ["A moderator says why, in up to {0} characters."] = "Quem modera diz por quê, em até {0} caracteres.",
        ["Ask for 1 to {0} content ids."] = "Peça de 1 a {0} ids de conteúdos.",
        ["The order is oldest or newest."] = "A ordem é oldest ou newest.",
        ["Both ids name the same content."] = "Os dois ids são do mesmo conteúdo.",
        ["The reason may not hold control characters."] = "O motivo não pode ter caracteres de controle.",

        // Of moderation.
        ["You cannot suspend yourself."] = "Você não pode suspender a si mesmo.",
        ["Only administrators suspend moderators and administrators."] = "Só administradores suspendem moderadores e administradores.",
        ["One of open, resolved, all."] = "Um destes: open, resolved, all.",
        ["The report was resolved before."] = "A denúncia já foi resolvida.",
        ["An account cannot be hidden; suspend it."] = "Uma conta não pode ser ocultada; suspenda-a.",
        ["Nobody with an account wrote this; hide it."] = "Quem escreveu isto não tem conta; oculte.",
        ["Name exactly one of postId, commentId and username."] = "Informe exatamente um entre postId, commentId e username.",
        ["This is yours."] = "Isto é seu.",
        ["You reported this already, and the moderators have not answered yet."] = "Você já denunciou isto, e a moderação ainda não respondeu.",

        // Of billing.
        ["The debt has no boleto: it is in the state {0}."] = "A dívida não tem boleto: está no estado {0}.",
        ["Only a boleto in the state error can be sent again: a debtor gets one mail per debt."] = "Só um boleto no estado error pode ser reenviado: o devedor recebe um e-mail por dívida.",
        ["The id of an import is a number."] = "O id de uma importação é um número.",
        ["The state is one of {0}."] = "O estado é um destes: {0}.",
        ["The form has no part named file."] = "O formulário não tem a parte file.",
        ["The file is packed with gzip and cannot be unpacked."] = "O arquivo está compactado com gzip e não pode ser descompactado.",
        ["The file is larger than {0} bytes."] = "O arquivo tem mais de {0} bytes.",
        ["The upload ended too early."] = "O envio terminou antes do fim.",
        ["The file is empty."] = "O arquivo está vazio.",
        ["The file is UTF-16. Save it as CSV in UTF-8."] = "O arquivo está em UTF-16. Salve como CSV em UTF-8.",
        ["The header cannot be read: {0}."] = "O cabeçalho não pôde ser lido: {0}.",
        ["Missing columns: {0}"] = "Faltam colunas: {0}",
        ["The column {0} occurs twice."] = "A coluna {0} aparece duas vezes.",
        ["The signature is not that of the body."] = "A assinatura não é a do corpo.",
        ["Sign the body in the header {0}, or send an API key."] = "Assine o corpo no cabeçalho {0}, ou envie uma chave de API.",
        ["The body is not a payment notice in JSON."] = "O corpo não é um aviso de pagamento em JSON.",
        ["The debt's id is a text or a number."] = "O id da dívida é um texto ou um número.",
        ["The time is written YYYY-MM-DD HH:MM:SS."] = "O instante é escrito AAAA-MM-DD HH:MM:SS.",
        ["The time lies in the future."] = "O instante está no futuro.",
        ["The amount is more than 0 and has at most two decimals."] = "O valor é maior que 0 e tem no máximo duas casas decimais.",
        ["The status is one of RFC 3463, such as 5.1.1."] = "O status é um da RFC 3463, como 5.1.1.",
        ["The name has at most 200 characters."] = "O nome tem no máximo 200 caracteres.",
    };

    private static readonly List<(Regex Form, string Portuguese)> Forms =
    [
        .. Sentences.Where(pair => pair.Key.Contains('{', StringComparison.Ordinal)).Select(pair => (FormOf(pair.Key), pair.Value)),
    ];

    /// <summary>The sentence in Portuguese; null for one that is not ours, such as the framework's words for a bad parameter.</summary>
    /// <param name="english">The sentence as a handler wrote it.</param>
    public static string? Find(string english)
    {
        if (Sentences.TryGetValue(english, out var sentence))
        {
            return sentence;
        }

        foreach (var (form, portuguese) in Forms)
        {
            if (form.Match(english) is { Success: true } match)
            {
                return string.Format(CultureInfo.InvariantCulture, portuguese, [.. match.Groups.Values.Skip(1).Select(group => group.Value)]);
            }
        }

        return null;
    }

    /// <summary>"A {0} b." as a pattern that takes anything short for the hole.</summary>
    private static Regex FormOf(string sentence) => new(
        "^" + Regex.Replace(Regex.Escape(sentence).Replace("\\{", "{", StringComparison.Ordinal), @"\{\d\}", "(.+?)") + "$",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
}
