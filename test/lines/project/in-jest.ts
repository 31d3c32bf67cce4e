test('the program runs', () => {
  require('./main');
});
