package dev.wattle.benchmarks;

/// What the scripts of `benchmarks/guests` are given, and what they have to answer.
final class ScriptOrders {
    /// One line of JSON.
    static final String ORDERS = """
            {"orders":[\
            {"id":1,"customer":"Zoë","currency":"USD","amount":1250.5,"note":"two lattices, one sandbox"},\
            {"id":2,"customer":"Ada","currency":"EUR","amount":99.994,"note":"\\u00e9clair \\"to go\\""},\
            {"id":3,"customer":"Zoë","currency":"JPY","amount":1000000,"note":""},\
            {"id":4,"customer":"Grace","currency":"GBP","amount":5,"note":"not yet"},\
            {"id":5,"customer":"Alan","currency":"EUR","amount":7251.46,"note":"interchangeable parts"},\
            {"id":6,"customer":"Ada","currency":"XAU","amount":1,"note":"too heavy"}]}""";

    static final String REPORT = """
            Alan........     7251.46 EUR
            Zoë.........     7250.46 EUR
            Ada.........       99.99 EUR
            4: unknown currency GBP
            6: unknown currency XAU
            words 13, longest INTERCHANGEABLE
            {"customers":["Alan","Zoë","Ada"],"refused":2}""";

    private static final int MODULUS = 65_521;

    private ScriptOrders() {}

    /// The loop of the scripts.
    static long work(int times) {
        long sum = 0;
        for (int i = 0; i < times; i++) {
            sum = (sum * 31 + i + 3L * i) % MODULUS;
        }
        return sum;
    }
}
